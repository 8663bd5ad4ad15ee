import pytest

from correspondence.models import Notice
from requests_app.intake import submitting
from requests_app.models import Authorization, RecordRequest, SigningInvitation
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def unsigned(draft):
    """A complete draft whose patient is yet to sign."""
    Authorization.objects.filter(record_request=draft).update(
        kind="e_authorization", document=None, patient_email="tom@example.test"
    )
    return draft


def second(draft, custodian, rosa):
    """One more complete request of the same batch."""
    made = RecordRequest.draft(draft.batch, custodian, by=rosa)
    made.record_types, made.dates, made.is_specified = ["billing"], "all", True
    made.save()
    paper = draft.authorization
    Authorization.objects.create(record_request=made, kind=paper.kind, document=paper.document)
    return made


def states(batch):
    return [one.state for one in batch.record_requests.order_by("id")]


def test_every_custodian_gets_its_own_request(go, draft, peachtree, rosa):
    second(draft, peachtree, rosa)
    answer = go("wizard_submit", draft.batch_id, post={})
    page = go("wizard_done", draft.batch_id).content.decode()
    assert answer.url.endswith("/done/")
    assert states(draft.batch) == ["pending", "pending"]
    assert all(str(one) in page for one in draft.batch.record_requests.all())


def test_submitting_asks_first(go, draft):
    assert b"Submit Request" in go("wizard_submit", draft.batch_id).content
    assert states(draft.batch) == ["draft"]


def test_a_second_click_submits_nothing_twice(go, draft, clara):
    go("wizard_submit", draft.batch_id, post={})
    before = Notice.objects.count()
    answer = go("wizard_submit", draft.batch_id, post={})
    assert answer.url.endswith("/done/")
    assert Notice.objects.count() == before


def test_the_review_of_a_submitted_batch_leads_to_what_became_of_it(go, draft):
    go("wizard_submit", draft.batch_id, post={})
    assert go("wizard_review", draft.batch_id).url.endswith("/done/")


@pytest.mark.parametrize(
    ("field", "value", "step"),
    [
        ("estimate_approved_at", None, "Approve estimate"),
        ("pay_by", "", "Select payment method"),
        ("reasons", [], "Add request details"),
        ("delivery", "", "Add request details"),
    ],
)
def test_what_is_missing_is_named_and_nothing_goes(go, draft, field, value, step):
    setattr(draft.batch, field, value)
    draft.batch.save()
    answer = go("wizard_submit", draft.batch_id, post={}, follow=True)
    assert f"Finish these steps first: {step}." in answer.content.decode()
    assert states(draft.batch) == ["draft"]


def test_one_incomplete_request_holds_all_back(go, draft, peachtree, rosa):
    RecordRequest.draft(draft.batch, peachtree, by=rosa)
    go("wizard_submit", draft.batch_id, post={})
    draft.batch.refresh_from_db()
    assert states(draft.batch) == ["draft", "draft"]
    assert draft.batch.submitted_at is None


def test_a_failure_half_way_leaves_nothing_submitted(draft, peachtree, rosa, monkeypatch):
    made = second(draft, peachtree, rosa)
    submit = RecordRequest.submit

    def failing(self, *, by):
        if self.pk == made.pk:
            raise RuntimeError("cut off")
        return submit(self, by=by)

    monkeypatch.setattr(RecordRequest, "submit", failing)
    with pytest.raises(RuntimeError):
        submitting.submit(draft.batch, by=rosa)
    draft.batch.refresh_from_db()
    assert states(draft.batch) == ["draft", "draft"]
    assert draft.batch.submitted_at is None


def test_one_that_waits_for_a_signature_stays_a_draft(go, unsigned, rosa):
    go("wizard_submit", unsigned.batch_id, post={})
    unsigned.refresh_from_db()
    assert (unsigned.state, unsigned.awaiting_signature) == ("draft", True)
    assert unsigned.authorization.invitation.email == "tom@example.test"
    assert b"Awaiting signature" in go("wizard_done", unsigned.batch_id).content


def test_the_patient_gets_one_link_for_all_custodians(go, unsigned, peachtree, rosa):
    made = second(unsigned, peachtree, rosa)
    Authorization.objects.filter(record_request=made).update(patient_email="tom@example.test")
    go("wizard_submit", unsigned.batch_id, post={})
    assert SigningInvitation.objects.count() == 1
    assert Notice.objects.filter(address="tom@example.test").count() == 1


def test_the_others_go_while_one_waits(go, unsigned, peachtree, rosa):
    made = RecordRequest.draft(unsigned.batch, peachtree, by=rosa)
    made.record_types, made.dates, made.is_specified = ["billing"], "all", True
    made.save()
    from documents.intake import take_in
    from tests.stage import pdf_file

    document = take_in(pdf_file(), use="authorization", by=rosa)
    Authorization.objects.create(record_request=made, kind="general", document=document)
    go("wizard_submit", unsigned.batch_id, post={})
    assert states(unsigned.batch) == ["draft", "pending"]


def test_nobody_is_invited_where_everything_is_on_paper(go, draft):
    go("wizard_submit", draft.batch_id, post={})
    assert not SigningInvitation.objects.exists()


def test_another_firms_batch_is_404(go, draft, sam):
    for name in ("wizard_review", "wizard_submit", "wizard_done"):
        assert go(name, draft.batch_id, member=sam).status_code == 404
    assert go("wizard_submit", draft.batch_id, post={}, member=sam).status_code == 404
    assert states(draft.batch) == ["draft"]


def test_a_batch_nobody_has_is_404(go, rosa):
    assert go("wizard_review", 2**63).status_code == 404


def test_a_form_left_open_blocks_the_submit(go, draft):
    typed = {f"{draft.public_id}-record_types": ["billing"]}
    go("wizard_autosave", draft.batch_id, "details", post=typed)
    answer = go("wizard_submit", draft.batch_id, post={}, follow=True)
    assert "Add request details" in answer.content.decode()
    assert states(draft.batch) == ["draft"]


@pytest.mark.parametrize("count", [2, 20])
@pytest.mark.parametrize(
    "name",
    [
        "wizard_providers",
        "wizard_details",
        "wizard_delivery",
        "wizard_authorization",
        "wizard_payment",
        "wizard_estimate",
        "wizard_review",
        "wizard_submit",
    ],
)
def test_a_page_asks_as_much_for_twenty_as_for_two(
    go, draft, practice, rosa, name, count, django_assert_max_num_queries
):
    for number in range(count - 1):
        second(draft, cast.custodian(practice, name=f"Site {number}"), rosa)
    go(name, draft.batch_id)
    with django_assert_max_num_queries(22):
        assert go(name, draft.batch_id).status_code == 200
