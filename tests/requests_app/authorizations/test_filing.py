"""The paper, and the request that submits itself."""

import pytest
from django.core import mail

from audit.models import Activity
from documents.models import Document
from outbox.models import Job
from outbox.queue import run_due
from requests_app.authorizations import filing
from requests_app.intake import papers
from requests_app.models import Authorization, Batch, RecordRequest, State
from tests import stage
from tests.requests_app.authorizations import steps

pytestmark = pytest.mark.django_db


def text_of(document):
    import io

    from pypdf import PdfReader

    pages = PdfReader(io.BytesIO(document.read())).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_and_its_certificate(signed, link):
    paper = signed.authorization
    text = text_of(paper.document)
    for word in (
        "Thomas Wright, born 11/02/1978",
        "Lakeside Family Medicine",
        "Medical",
        "Litigation",
        str(signed),
    ):
        assert word in text
    for word in (paper.signed_sha256, "192.0.2.7", "Signed at (UTC)", "Identity check", "t•••@example.test"):
        assert word in text.replace(" ", "") or word in text
    assert "Riverbend" not in text


def test_the_activity_knows_the_paper_s_hash(signed):
    entry = Activity.objects.of(signed).get(event="authorization_filed")
    assert entry.details["sha256"] == signed.authorization.document.sha256


def test_run_twice_it_is_made_once(signed):
    job = Job.objects.get(kind="requests.file_signed")
    filing.file_signed(job, **job.ids)
    assert Document.objects.count() == 1
    assert Activity.objects.of(signed).filter(event="submit").count() == 1


def test_a_text_that_was_changed_makes_no_paper(waiting, link):
    steps.sign(link)
    paper = waiting.authorization
    paper.signed_clauses[1][1][0] += " And everything else."
    paper.save()
    with pytest.raises(filing.TextChanged):
        filing.pdf(paper)


def test_where_something_is_missing_by_now_the_owner_is_told(waiting, link, rosa):
    Batch.objects.update(pay_by="")
    steps.sign(link)
    run_due()
    waiting.refresh_from_db()
    assert waiting.state == State.DRAFT
    assert waiting.authorization.is_given
    told = [one.subject for one in mail.outbox if one.to == [rosa.person.email]]
    assert told == [f"Request {waiting}: signed, but something is missing"]


def test_completed_later_it_goes_out_by_hand(waiting, link, rosa):
    Batch.objects.update(pay_by="")
    steps.sign(link)
    run_due(kind="requests.file_signed")
    Batch.objects.update(pay_by="check")
    RecordRequest.objects.get().submit(by=rosa)
    assert RecordRequest.objects.get().state == State.PENDING


def test_a_paper_uploaded_before_it_was_made_wins(waiting, link, rosa):
    steps.sign(link)
    document = papers.read(stage.pdf_file(), waiting.batch, by=rosa)
    papers.give(waiting, by=rosa, kind=Authorization.Kind.GENERAL, document=document)
    run_due(kind="requests.file_signed")
    waiting.refresh_from_db()
    assert waiting.authorization.document == document
    assert waiting.state == State.DRAFT


@pytest.mark.parametrize(
    ("email", "shown"), [("thomas@example.test", "t•••@example.test"), ("+14785550123", "•••0123")]
)
def test_addresses_are_masked(email, shown):
    assert filing.masked(email) == shown
