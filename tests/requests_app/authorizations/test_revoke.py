"""Taking it back: what was not delivered yet, stops (product 11.4)."""

import pytest
from django.core import mail

from audit.actors import SYSTEM
from audit.invariants import violations
from audit.models import Activity, MoveRefused
from billing.models import Invoice
from correspondence.channels import fax
from correspondence.models import Notice
from outbox.models import Job
from outbox.queue import run_due
from requests_app import faxing
from requests_app.authorizations import ending
from requests_app.intake import papers
from requests_app.models import Batch, RecordRequest, Release, State
from requests_app.reasons import IncompleteReason
from tests import stage
from tests.requests_app.authorizations import steps

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture
def ordered(signed, clara):
    """Priced and paid; the delivery has not run."""
    stage.priced(signed, clara)
    signed.refresh_from_db()
    if signed.state == State.PRICED:
        signed.order(by=SYSTEM)
    return signed


def told(person):
    run_due(kind="correspondence.send")
    return [one.subject for one in mail.outbox if one.to == [person] and "taken back" in one.subject]


@pytest.mark.parametrize("reach", ["pending", "qa"])
def test_not_priced_yet_it_becomes_incomplete(signed, link, clara, reach):
    if reach == "qa":
        stage.upload(signed, clara, begin=True)
    ending.revoke(link)
    signed.refresh_from_db()
    assert (signed.state, signed.incomplete_reason) == (State.INCOMPLETE, IncompleteReason.REVOKED)
    assert signed.rejections == 0
    assert list(violations()) == []


def test_priced_and_not_paid_it_ends_and_nothing_is_owed(signed, link, clara):
    stage.priced(signed, clara)
    ending.revoke(link)
    signed.refresh_from_db()
    assert signed.state == State.ABANDONED
    assert not Invoice.objects.open().exists()
    assert list(violations()) == []


def test_both_sides_are_told(signed, link, rosa, clara):
    ending.revoke(link)
    assert len(told(rosa.person.email)) == len(told(clara.person.email)) == 1
    assert Activity.objects.of(signed).get(event="revoked").actor_name == "Thomas Wright"


def test_it_can_t_be_resubmitted_with_the_revoked_one(signed, link, rosa):
    ending.revoke(link)
    signed.refresh_from_db()
    with pytest.raises(MoveRefused, match="took the authorization back"):
        signed.resubmit(by=rosa)


def test_paid_and_not_delivered_the_delivery_stops(ordered, link, settings):
    ending.revoke(link)
    run_due()
    ordered.refresh_from_db()
    assert ordered.state == State.ORDERED
    assert not Release.objects.exists()
    ops = [one.subject for one in mail.outbox if one.to == [settings.OPERATOR["email"]]]
    assert ops == [f"Request {ordered}: the delivery was stopped"]


def test_between_assembly_and_completion_it_stops_too(ordered, link):
    ending.revoke(link)
    ordered.refresh_from_db()
    with pytest.raises(MoveRefused, match="took the authorization back"):
        ordered.complete(by=SYSTEM)


def test_no_fax_is_sent_and_none_again(ordered, link, monkeypatch):
    Batch.objects.update(delivery="fax", return_fax="+14785550199")
    run_due(kind="requests.deliver")
    ending.revoke(link)
    monkeypatch.setattr(fax, "send", lambda *args, **kwargs: pytest.fail("sent"))
    run_due(kind="requests.fax")
    ordered.refresh_from_db()
    assert ordered.state == State.ORDERED


def test_a_fax_that_fails_afterwards_offers_no_download(ordered, link, monkeypatch):
    Batch.objects.update(delivery="fax", return_fax="+14785550199")
    run_due(kind="requests.deliver")
    run_due(kind="requests.fax")
    ending.revoke(link)
    Release.objects.update(fax_attempts=2)
    monkeypatch.setattr(fax, "state", lambda fax_id: fax.FAILED)
    faxing.settle_fax(None, record_request_id=ordered.pk)
    ordered.refresh_from_db()
    assert ordered.state == State.ORDERED
    assert Release.objects.get().fax_attempts == 3
    assert not Notice.objects.filter(event="fax_failed").exists()


def test_a_fax_that_arrived_all_the_same_is_told_as_it_is(ordered, link, monkeypatch):
    Batch.objects.update(delivery="fax", return_fax="+14785550199")
    run_due(kind="requests.deliver")
    run_due(kind="requests.fax")
    ending.revoke(link)
    monkeypatch.setattr(fax, "state", lambda fax_id: fax.DELIVERED)
    faxing.settle_fax(None, record_request_id=ordered.pk)
    ordered.refresh_from_db()
    assert ordered.state == State.COMPLETED


def test_delivered_it_is_for_the_future_only(ordered, link, rosa):
    run_due()
    ending.revoke(link)
    ordered.refresh_from_db()
    assert ordered.state == State.COMPLETED
    assert Activity.objects.of(ordered).filter(event="revoked").exists()
    assert not Activity.objects.of(ordered).filter(event="delivery_stopped").exists()
    assert len(told(rosa.person.email)) == 1


def test_before_the_paper_is_made_the_request_is_not_submitted(waiting, link):
    steps.sign(link)
    ending.revoke(link)
    run_due()
    waiting.refresh_from_db()
    assert waiting.state == State.DRAFT
    assert waiting.authorization.is_given


def test_a_second_time_there_is_nothing_to_take_back(signed, link):
    ending.revoke(link)
    with pytest.raises(MoveRefused, match="nothing to take back"):
        ending.revoke(link)
    assert Activity.objects.of(signed).filter(event="revoked").count() == 1


def test_unsigned_there_is_nothing_to_take_back(link):
    with pytest.raises(MoveRefused):
        ending.revoke(link)


def test_a_newer_authorization_stands(signed, link, clara, rosa):
    signed.mark_incomplete(by=clara, reason=IncompleteReason.ILLEGIBLE)
    document = papers.read(stage.pdf_file(), signed.batch, by=rosa)
    papers.give(signed, by=rosa, kind="general", document=document)
    signed.resubmit(by=rosa)
    ending.revoke(link)
    signed.refresh_from_db()
    assert signed.state == State.PENDING


def test_an_invoice_under_payment_is_withdrawn_once_that_has_ended(signed, link, clara, monkeypatch):
    stage.priced(signed, clara)
    busy = Invoice.objects.open().get()

    def refuse(self, *, by):
        raise MoveRefused("under way")

    with monkeypatch.context() as patch:
        patch.setattr(Invoice, "void", refuse)
        ending.revoke(link)
    assert RecordRequest.objects.get().state == State.ABANDONED
    Job.objects.filter(kind="requests.withdraw_invoices").update(due_at="2020-01-01T00:00Z")
    run_due(kind="requests.withdraw_invoices")
    busy.refresh_from_db()
    assert busy.voided_at


def test_by_the_link_it_asks_first_and_then_says_what_became_of_it(visitor, waiting, link):
    steps.sign(link)
    run_due()
    assert b"Take this permission back?" in visitor.get("/sign/revoke/").content
    link.refresh_from_db()
    assert link.revoked_at is None
    page = visitor.post("/sign/revoke/", follow=True).content.decode()
    assert "You took this permission back" in page
    assert "No records were given out by this permission." in page


def test_without_the_birth_date_nobody_revokes(client, emailed, waiting, link):
    client.get(emailed())
    steps.sign(link)
    assert client.post("/sign/revoke/").url == "/sign/"
    link.refresh_from_db()
    assert link.revoked_at is None


def test_the_signer_has_a_copy(visitor, waiting, link):
    steps.sign(link)
    run_due()
    answer = visitor.get(f"/sign/copy/{waiting.public_id}/")
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"
    assert "no-store" in answer["Cache-Control"]
    entry = Activity.objects.of(waiting).get(event="downloaded_authorization")
    assert entry.actor_name == "Thomas Wright"


def test_nobody_else_s_copy(visitor, waiting, link, draft):
    steps.sign(link)
    for public_id in (draft.public_id, "0", "x" * 300):
        assert visitor.get(f"/sign/copy/{public_id}/").status_code == 404
