import pytest

from requests_app.models import Authorization, RecordRequest
from tests.requests_app.intake.conftest import wish
from tests.stage import pdf_file

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent_back(pending, clara):
    pending.mark_incomplete(by=clara, reason="not_signed")
    return pending


def replace(go, record_request, **extra):
    prefix = f"up-{record_request.public_id}"
    post = {f"{prefix}-kind": "court_order", f"{prefix}-file": pdf_file("new.pdf")}
    return go("request_correct_authorization", record_request.public_id, post=post, **extra)


def test_the_page_says_why_it_came_back(go, sent_back):
    assert b"Authorization not signed" in go("request_correct", sent_back.public_id).content


def test_what_is_asked_can_be_changed(go, sent_back):
    go("request_correct", sent_back.public_id, post=wish(sent_back, record_types=["billing"]))
    assert RecordRequest.objects.get().record_types == ["billing"]


def test_a_bad_answer_is_told_and_kept(go, sent_back):
    typed = wish(sent_back, dates="after", dates_from="31/31/2020")
    answer = go("request_correct", sent_back.public_id, post=typed)
    assert answer.status_code == 422
    assert b"31/31/2020" in answer.content


def test_a_new_authorization_counts_and_the_old_one_stays(go, sent_back):
    old = sent_back.authorization
    replace(go, sent_back)
    assert sent_back.authorization.kind == "court_order"
    assert Authorization.objects.get(pk=old.pk).replaced_at


def test_a_bad_file_is_refused(go, sent_back):
    old = sent_back.authorization
    post = {f"up-{sent_back.public_id}-kind": "general"}
    assert go("request_correct_authorization", sent_back.public_id, post=post).status_code == 422
    assert sent_back.authorization == old


def test_resubmitting_gives_it_back_to_the_custodian(go, sent_back):
    answer = go("request_resubmit", sent_back.public_id, post={})
    sent_back.refresh_from_db()
    assert sent_back.state == "pending"
    assert answer.url == sent_back.get_absolute_url()


def test_what_was_not_saved_goes_along_when_resubmitting(go, sent_back):
    prefix = f"up-{sent_back.public_id}"
    paper = {f"{prefix}-kind": "court_order", f"{prefix}-file": pdf_file("new.pdf")}
    go("request_resubmit", sent_back.public_id, post=wish(sent_back, record_types=["billing"]) | paper)
    sent_back.refresh_from_db()
    assert (sent_back.state, sent_back.record_types) == ("pending", ["billing"])
    assert sent_back.authorization.kind == "court_order"


def test_a_refused_file_keeps_the_request_from_going_back(go, sent_back):
    post = {f"up-{sent_back.public_id}-kind": "", f"up-{sent_back.public_id}-file": pdf_file("new.pdf")}
    answer = go("request_resubmit", sent_back.public_id, post=wish(sent_back) | post)
    sent_back.refresh_from_db()
    assert (answer.status_code, sent_back.state) == (422, "incomplete")


def test_a_request_with_its_custodian_cannot_be_corrected(go, pending):
    go("request_correct", pending.public_id, post=wish(pending, record_types=["billing"]))
    replace(go, pending)
    assert RecordRequest.objects.get().record_types == ["medical"]
    assert Authorization.objects.get().kind == "general"


def test_the_custodian_may_look_but_not_correct(go, sent_back, clara, sam):
    assert go("request_correct", sent_back.public_id, member=clara).status_code == 403
    assert go("request_correct", sent_back.public_id, member=sam).status_code == 404


def test_an_upload_ends_the_wait_for_a_signature(go, draft, rosa):
    Authorization.objects.filter(record_request=draft).update(document=None, kind="e_authorization")
    draft.hold_for_signature(by=rosa)
    replace(go, draft)
    go("request_resubmit", draft.public_id, post={})
    draft.refresh_from_db()
    assert (draft.state, draft.awaiting_signature) == ("pending", False)


def test_what_the_patient_is_signing_is_not_changed_meanwhile(go, draft, rosa):
    draft.hold_for_signature(by=rosa)
    go("request_correct", draft.public_id, post=wish(draft, record_types=["billing"]))
    assert RecordRequest.objects.get().record_types == ["medical"]
