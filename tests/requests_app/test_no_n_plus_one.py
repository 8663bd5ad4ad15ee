"""A walk through the whole life with zeal: a query repeated for each row raises."""

import pytest
from django.db import models
from django.urls import reverse
from zeal import zeal_context, zeal_ignore
from zeal.errors import NPlusOneError

from billing import paying
from outbox.queue import run_due
from requests_app.models import RecordRequest, State
from requests_app.reasons import IncompleteReason
from tests import cast, stage
from tests.billing import purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
ROWS = 25
# A move takes its row's lock again with each entry, and asks for each job by its key: no query for each row shown.
LOCKED = [{"model": "*", "field": "get()"}, {"model": "sandbox.*"}]
STEPS = [
    "patient_edit",
    "case",
    "providers",
    "details",
    "delivery",
    "authorization",
    "payment",
    "estimate",
    "review",
]


@pytest.fixture
def walk(client):
    """`walk(rosa, "outbound", …)` opens a page of hers under zeal and returns it."""

    def opened(member, name, *args, post=None, **query):
        purse.sign_in(client, member)
        address = reverse(name, args=args)
        with zeal_context(), zeal_ignore(LOCKED if post is not None else []):
            answer = client.get(address, query) if post is None else client.post(address, post)
            b"".join(answer)
        assert answer.status_code in (200, 302)
        return answer

    return opened


@pytest.fixture
def many(rosa, custodian, clara):
    """A list of rows with different patients, in several states; leapt there, since only the list is looked at."""
    states = [State.DRAFT, State.PENDING, State.INCOMPLETE, State.QA, State.PRICED]
    for number in range(ROWS):
        made = RecordRequest.draft(stage.batch(rosa), custodian, by=rosa)
        models.QuerySet(RecordRequest).filter(pk=made.pk).update(
            state=states[number % len(states)], submitted_at=made.created_at, assigned_to=clara.person
        )


def test_zeal_notices_a_query_for_each_row(many):
    """Else the tests here couldn't fail."""
    with pytest.raises(NPlusOneError), zeal_context():
        [one.patient.last_name for one in RecordRequest.objects.all()]


@pytest.mark.parametrize(
    ("person", "name"),
    [
        ("rosa", "home"),
        ("rosa", "outbound"),
        ("rosa", "outbound_export"),
        ("rosa", "wizard_start"),
        ("clara", "home"),
        ("clara", "inbound"),
        ("clara", "inbound_export"),
    ],
)
def test_lists(walk, many, rosa, clara, person, name):
    walk({"rosa": rosa, "clara": clara}[person], name, status="all")


@pytest.mark.parametrize("name", [*STEPS, "submit"])
def test_the_wizard_with_twenty_custodians(walk, draft, rosa, practice, name):
    paper = draft.authorization
    for number in range(19):
        other = RecordRequest.draft(draft.batch, cast.custodian(practice, name=f"Lakeside {number}"), by=rosa)
        models.QuerySet(RecordRequest).filter(pk=other.pk).update(
            record_types=["medical"], dates="all", is_specified=True
        )
        other.authorizations.create(kind=paper.kind, document=paper.document)
    walk(rosa, f"wizard_{name}", draft.batch_id)


def test_submitting_twenty(walk, draft, rosa, practice):
    paper = draft.authorization
    for number in range(19):
        other = RecordRequest.draft(draft.batch, cast.custodian(practice, name=f"Lakeside {number}"), by=rosa)
        models.QuerySet(RecordRequest).filter(pk=other.pk).update(
            record_types=["medical"], dates="all", is_specified=True
        )
        other.authorizations.create(kind=paper.kind, document=paper.document)
    walk(rosa, "wizard_submit", draft.batch_id, post={})
    walk(rosa, "wizard_done", draft.batch_id)
    assert RecordRequest.objects.filter(state=State.PENDING).count() == 20


def test_the_review_of_fifty_pages(walk, pending, clara):
    stage.upload(pending, clara, pages=50, begin=True)
    for name in ("record_request", "qa"):
        walk(clara, name, pending.public_id)
    page = pending.pages.first()
    walk(clara, "approve_page", pending.public_id, page.pk, post={})
    walk(clara, "qa_page", pending.public_id, pending.pages.last().pk)


def test_the_whole_life(walk, draft, rosa, clara):
    record_request = draft
    walk(rosa, "wizard_submit", draft.batch_id, post={})
    record_request.refresh_from_db()
    for member in (rosa, clara):
        walk(member, "post_message", record_request.public_id, post={"body": "Hello"})
        walk(member, "record_request", record_request.public_id)
    record_request.mark_incomplete(by=clara, reason=IncompleteReason.NOT_SIGNED)
    walk(rosa, "request_correct", record_request.public_id)
    walk(rosa, "request_resubmit", record_request.public_id, post={})
    record_request.refresh_from_db()
    for number in range(3):
        walk(
            clara,
            "upload_records",
            record_request.public_id,
            post={"files": [stage.pdf_file(f"{number}.pdf", 4, title=f"{number}")]},
        )
    walk(clara, "begin_review", record_request.public_id, post={})
    record_request.refresh_from_db()
    stage.reviewed(record_request, clara)
    price = walk(clara, "price", record_request.public_id)
    lines = {f"line_{index}": line["amount"] for index, line in enumerate(price.context["reckoned"].lines)}
    sent = {"seen": str(price.context["reckoned"].total), **lines}
    walk(clara, "release", record_request.public_id, post=sent)
    walk(rosa, "make_payment", record_request.public_id)
    with zeal_context(), zeal_ignore(LOCKED):
        paying.pay(record_request.invoices.get(), purse.card(rosa), rosa)
        run_due(kind="requests.deliver")
    for name in ("record_request", "download_release", "invoice_pdf", "receipt_pdf"):
        walk(rosa, name, record_request.public_id)
    record_request.refresh_from_db()
    assert record_request.state == State.COMPLETED
