"""Answering by a letter: a signed statement that there are no records, or a denial (product 1.12)."""

import io
from decimal import Decimal

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone
from phonenumber_field.phonenumber import PhoneNumber

from audit.models import Activity, MoveRefused, NotPermitted
from billing.management.commands.repeat_quotes import difference
from billing.models import LedgerTransaction, Payment
from correspondence.models import Notice
from documents.models import Document
from outbox.models import Job
from outbox.queue import run, run_due
from requests_app import grounds, invariants
from requests_app.grounds import Ground
from requests_app.models import Outcome, Release, State
from requests_app.processing import answering
from tests import stage

pytestmark = pytest.mark.django_db

CONTACT = {
    "contact_name": "Dana Poole, Privacy Officer",
    "contact_phone": "(478) 555-0143",
    "contact_address": "12 Oak St, Macon, GA 31201",
}
NOTHING_HERE = {"explanation": "The chart system and the paper archive, by name and birth date.", **CONTACT}
DENIAL = {"ground": "psychotherapy", "explanation": "These are a therapist's private notes.", **CONTACT}


def said(fields):
    return fields | {"contact_phone": PhoneNumber.from_string(fields["contact_phone"], region="US")}


def post(as_, member, name, record_request, fields, **changes):
    sent = fields | {"signed_name": member.person.full_name} | changes
    return as_(member).post(reverse(name, args=[record_request.public_id]), sent)


def deliver(record_request):
    run_due(kind="requests.deliver")
    record_request.refresh_from_db()


def text(record_request):
    """What the released PDF says, page by page."""
    document = Release.objects.get(record_request=record_request).document
    return [
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(document.read())).pages
    ]


def events(record_request):
    return list(Activity.objects.of(record_request).values_list("event", flat=True))


@pytest.fixture(params=["no_records", "denied"])
def kind(request):
    return request.param


@pytest.fixture
def answer(clara):
    """`answer(request, "denied")` answers it as clara."""

    def answered(record_request, kind, by=clara):
        if kind == "denied":
            return answering.deny(record_request, by=by, **said(DENIAL))
        return answering.state_no_records(record_request, by=by, **said(NOTHING_HERE))

    return answered


def test_without_a_page_it_runs_through_to_completed(pending, kind, answer):
    answer(pending, kind)
    assert pending.state == State.ORDERED
    deliver(pending)
    assert pending.state == State.COMPLETED
    assert [
        event for event in events(pending) if event in ("deny", "state_no_records", "order", "complete")
    ] == [
        "deny" if kind == "denied" else "state_no_records",
        "order",
        "complete",
    ]
    assert list(invariants.violations()) == []


def test_it_goes_from_review_too_and_uploaded_pages_stay_behind(in_review, kind, answer):
    answer(in_review, kind)
    deliver(in_review)
    assert in_review.release.pages == in_review.page_count == 0
    assert len(text(in_review)) == 2  # the sheet in front and the letter


def test_nothing_is_charged(pending, kind, answer):
    invoice = answer(pending, kind)
    assert (invoice.total, invoice.settled_at is not None) == (Decimal("0.00"), True)
    (line,) = invoice.quote.lines
    assert line["amount"] == "0.00"
    assert line["label"].startswith("No charge")
    assert not Payment.objects.exists()
    assert sum(entry.amount for one in LedgerTransaction.objects.all() for entry in one.entries.all()) == 0


def test_where_nothing_is_charged_nobody_reads_of_a_payment(pending, kind, answer, as_, rosa):
    answer(pending, kind)
    page = as_(rosa).get(pending.get_absolute_url()).content.decode()
    assert "Nothing is to be paid." in page
    assert "Paid on" not in page
    assert "received the payment" not in page


def test_the_price_can_be_made_again(pending, kind, answer):
    assert difference(answer(pending, kind).quote) is None


def test_the_statement_is_the_record_and_says_who_signed(pending, answer):
    answer(pending, "no_records")
    deliver(pending)
    front, letter = text(pending)
    assert "Lakeside Family Medicine has no records of this patient" in letter
    assert NOTHING_HERE["explanation"] in letter
    assert "Signed electronically by Clara Example for Lakeside Family Medicine" in letter
    assert f"{pending} · page 1 of 1" in letter
    assert "Nothing is charged" in letter
    assert "there are no such records" in front


def test_where_the_records_may_be_is_told(pending, clara):
    answering.state_no_records(pending, by=clara, elsewhere="Macon General Hospital", **said(NOTHING_HERE))
    deliver(pending)
    assert "Where the records may be Macon General Hospital" in text(pending)[1]


def test_the_denial_names_ground_and_both_ways_to_complain(pending, answer):
    answer(pending, "denied")
    deliver(pending)
    letter = text(pending)[1]
    for words in [
        "Psychotherapy notes (45 CFR 164.524(a)(1)(i))",
        DENIAL["explanation"],
        "no right to have a denial on this ground reviewed",
        "Dana Poole, Privacy Officer, (478) 555-0143, 12 Oak St",
        "Office for Civil Rights",
        "within 180 days",
        "Signed electronically by Clara Example",
    ]:
        assert words.replace(" ", "") in letter.replace(" ", "")  # a line may break within a citation


@pytest.mark.parametrize("ground", list(Ground))
def test_only_the_grounds_of_a3_can_be_reviewed(pending, clara, ground):
    answering.deny(pending, by=clara, **said(DENIAL | {"ground": ground}))
    (review,) = [part for part in pending.outcome.letter if "reviewed" in part["heading"]]
    is_reviewable = "has the right to have this decision reviewed" in review["paragraphs"][0]
    assert is_reviewable == grounds.CITATIONS[ground].startswith("45 CFR 164.524(a)(3)")


def test_every_ground_is_offered_once():
    offered = [value for _heading, members in grounds.choices() for value, _label in members if value]
    assert sorted(offered) == sorted(Ground.values)


def test_the_activity_keeps_the_hash_of_what_was_signed(pending, kind, answer):
    answer(pending, kind)
    entry = Activity.objects.of(pending).get(event="deny" if kind == "denied" else "state_no_records")
    assert entry.details == {"sha256": pending.outcome.letter_sha256}
    assert entry.actor_name == "Clara Example"


def test_the_requestor_is_told_once_and_of_no_price(pending, kind, answer):
    Notice.objects.all().delete()
    answer(pending, kind)
    deliver(pending)
    assert list(Notice.objects.values_list("event", flat=True)) == ["answer_ready"]


def test_a_letter_is_made_once_by_two_workers(pending, kind, answer):
    answer(pending, kind)
    job = Job.objects.get(kind="requests.deliver")
    deliver(pending)
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    run(job.pk)
    assert Release.objects.count() == 1
    assert Document.objects.filter(name__startswith="letter-").count() == 1


def test_a_worker_killed_after_the_letter_leaves_no_second_one(pending, kind, answer, monkeypatch):
    answer(pending, kind)
    with monkeypatch.context() as patch:
        patch.setattr("requests_app.letter_paper._keep", lambda outcome, document: 1 / 0)
        run_due(kind="requests.deliver")
    Job.objects.filter(kind="requests.deliver").update(state=Job.State.WAITING, due_at=timezone.now())
    deliver(pending)
    assert pending.state == State.COMPLETED
    assert Document.objects.filter(name__startswith="letter-").count() == 1


def test_the_requestor_downloads_it(pending, kind, answer, as_, rosa):
    answer(pending, kind)
    deliver(pending)
    answered = as_(rosa).get(reverse("download_release", args=[pending.public_id]))
    assert answered["Content-Type"] == "application/pdf"
    page = as_(rosa).get(pending.get_absolute_url()).content.decode()
    assert ("No records" if kind == "no_records" else "Denied") in page


def test_whoever_may_not_price_may_not_answer(pending, kind, answer, dora, fred):
    for member in (dora, fred):
        with pytest.raises(NotPermitted):
            answer(pending, kind, by=member)
    pending.refresh_from_db()
    assert pending.state == State.PENDING
    assert not Outcome.objects.exists()


@pytest.mark.parametrize("late", ["draft", "priced", "completed"])
def test_it_is_refused_where_the_state_does_not_allow_it(draft, rosa, clara, answer, late):
    if late != "draft":
        draft.submit(by=rosa)
        stage.priced(draft, clara)
    if late == "completed":
        draft.invoices.get().settle(by=clara)
        deliver(draft)
    with pytest.raises(MoveRefused):
        answer(draft, "denied")
    assert not Outcome.objects.filter(kind="denied").exists()


def test_the_verb_alone_moves_nothing_without_its_letter(pending, clara):
    with pytest.raises(MoveRefused, match="letter"):
        pending.deny(by=clara, sha256="")
    pending.refresh_from_db()
    assert pending.state == State.PENDING


def test_a_form_that_is_signed_by_another_name_is_sent_back(pending, as_, clara):
    answered = post(as_, clara, "deny", pending, DENIAL, signed_name="Carl Example")
    assert answered.status_code == 422
    assert "Type your own name: Clara Example." in answered.content.decode()
    assert DENIAL["explanation"].replace("'", "&#x27;") in answered.content.decode()
    pending.refresh_from_db()
    assert pending.state == State.PENDING


@pytest.mark.parametrize("field", ["ground", "explanation", "contact_name", "contact_phone", "signed_name"])
def test_a_denial_needs_each_of_these(pending, as_, clara, field):
    assert post(as_, clara, "deny", pending, DENIAL, **{field: ""}).status_code == 422
    assert not Outcome.objects.exists()


def test_the_letter_can_be_read_before_it_is_signed(pending, as_, clara):
    shown = post(as_, clara, "no_records", pending, NOTHING_HERE, read="1").content.decode()
    assert "has no records of this patient" in shown
    assert not Outcome.objects.exists()


def test_signing_the_form_answers(pending, as_, clara):
    answered = post(as_, clara, "no_records", pending, NOTHING_HERE, signed_name="clara  example")
    pending.refresh_from_db()
    assert answered.status_code == 302
    assert (pending.state, pending.outcome.kind) == (State.ORDERED, "no_records")


def test_the_contact_of_the_last_letter_stands_in_the_next(pending, rosa, custodian, as_, clara, answer):
    answer(pending, "denied")
    other = stage.draft(rosa, custodian)
    other.submit(by=rosa)
    page = as_(clara).get(reverse("deny", args=[other.public_id])).content.decode()
    assert "Dana Poole, Privacy Officer" in page
    assert "(478) 555-0143" in page


def test_both_sides_read_how_it_ended(pending, answer, as_, rosa, clara):
    answer(pending, "denied")
    deliver(pending)
    for member in (rosa, clara):
        page = as_(member).get(pending.get_absolute_url()).content.decode()
        assert "denied the request on" in page
        assert "Psychotherapy notes" in page
