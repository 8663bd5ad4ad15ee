import hashlib

import pytest
from django.core import mail

from audit.invariants import violations
from audit.models import Activity
from outbox.queue import run_due
from requests_app.authorizations import sending, terms
from requests_app.intake import papers
from requests_app.models import RecordRequest, State
from tests.requests_app.authorizations.steps import EMAIL, answers, sign

pytestmark = pytest.mark.django_db


def accept(visitor, **said):
    return visitor.post("/sign/accept/", answers(visitor.get("/sign/"), **said))


def test_the_text_names_every_element(visitor, second, custodian):
    text = visitor.get("/sign/").content.decode()
    for word in ("Thomas Wright", "11/02/1978", custodian.name, "Riverbend Imaging", "Medical", "Smith Law"):
        assert word in text
    for word in (
        "Litigation",
        "one year after you sign",
        "Revoke",
        "may pass them on",
        "depend on whether you sign",
    ):
        assert word in text


def test_signing_submits_the_request_by_itself(visitor, waiting, link):
    assert accept(visitor).status_code == 302
    run_due()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.awaiting_signature) == (State.PENDING, False)
    entry = Activity.objects.of(waiting).get(event="submit")
    assert (entry.actor_name, entry.organization_name) == ("Thomas Wright", "by signing link")


def test_what_was_signed_is_kept_with_its_hash(visitor, waiting, link):
    accept(visitor)
    paper = waiting.authorization
    text = terms.as_text([terms.Clause(heading, tuple(lines)) for heading, lines in paper.signed_clauses])
    assert hashlib.sha256(text.encode()).hexdigest() == paper.signed_sha256
    entry = Activity.objects.of(waiting).get(event="signed")
    assert (entry.details["sha256"], entry.details["check"]) == (paper.signed_sha256, "birth date")
    assert list(violations()) == []


def test_who_and_from_where_is_kept(visitor, link):
    visitor.post("/sign/accept/", answers(visitor.get("/sign/")), headers={"user-agent": "Tester/1.0"})
    link.refresh_from_db()
    assert (link.signer_name, link.initials, link.signed_from) == ("Thomas Wright", "TW", "127.0.0.1")
    assert (link.signed_with, link.capacity) == ("Tester/1.0", "self")


def test_one_signature_serves_all_custodians(visitor, waiting, second):
    accept(visitor)
    run_due()
    for one in (waiting, second):
        one.refresh_from_db()
        assert one.state == State.PENDING
        assert one.authorization.document.name == f"authorization-{one}.pdf"


def test_until_the_paper_is_made_the_page_says_so(visitor, waiting):
    page = accept(visitor)
    assert b"Your copy is being made" in visitor.get(page.url).content
    run_due()
    assert b"Download as PDF" in visitor.get(page.url).content


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"name": " "}, "Type your full name."),
        ({"name": "x" * 161}, "Use at most 160 characters"),
        ({"name": "Tho\u202emas"}, "characters that can"),
        ({"initials": ""}, "Type your initials."),
        ({"initials": "12"}, "Use letters only"),
        ({"initials": "ABCDEFGHIJK"}, "Use at most 10 characters"),
        ({"capacity": "ghost"}, "Select a valid choice"),
        ({"capacity": ""}, "Say who you are."),
        ({"capacity": "guardian"}, "Say by what right"),
        ({"agrees": ""}, "Check this box"),
        ({"let_in_hiv": "XX"}, "not the initials you gave above"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_signed(visitor, link, said, sentence):
    answer = accept(visitor, **said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    link.refresh_from_db()
    assert link.signed_at is None


def test_what_was_typed_is_kept_with_an_error(visitor):
    answer = accept(visitor, agrees="", name="Mary Wright", authority="Mother", capacity="guardian")
    assert b"Mary Wright" in answer.content
    assert b"Mother" in answer.content


def test_special_records_stay_out_without_initials(visitor, waiting, link):
    accept(visitor)
    link.refresh_from_db()
    assert link.included == []
    assert ["Let in by initials", ["None: records with special protection stay out."]] in (
        waiting.authorization.signed_clauses
    )


def test_initials_let_special_records_in(visitor, waiting, link):
    accept(visitor, let_in_hiv="t.w.", let_in_substance_use="TW")
    link.refresh_from_db()
    assert link.included == ["substance_use", "hiv"]
    signed = dict((heading, lines) for heading, lines in waiting.authorization.signed_clauses)
    assert signed["Let in by initials"] == [
        "Treatment for alcohol or drug use (42 CFR Part 2) – TW",
        "HIV and AIDS: tests, diagnosis, treatment – TW",
    ]


def test_a_parent_signs_and_says_so(visitor, waiting, link):
    accept(visitor, capacity="guardian", name="Mary Wright", initials="MW", authority="Mother")
    link.refresh_from_db()
    assert (link.signer_name, link.authority) == ("Mary Wright", "Mother")
    assert "Signs for the patient as parent or guardian: Mother" in str(waiting.authorization.signed_clauses)


def test_the_patient_gives_no_authority(visitor, link):
    accept(visitor, authority="Myself")
    link.refresh_from_db()
    assert link.authority == ""


def test_signed_a_second_time_it_stays_as_it_was(visitor, link):
    page = visitor.get("/sign/")
    visitor.post("/sign/accept/", answers(page))
    again = visitor.post("/sign/accept/", answers(page, name="Somebody Else"), follow=True)
    assert "This was signed already" in again.content.decode()
    link.refresh_from_db()
    assert link.signer_name == "Thomas Wright"


def test_what_changed_while_reading_must_be_read_again(visitor, waiting, link):
    page = visitor.get("/sign/")
    RecordRequest.objects.filter(pk=waiting.pk).update(record_types=["medical", "billing"])
    answer = visitor.post("/sign/accept/", answers(page))
    assert answer.status_code == 422
    assert "changed while you were reading" in answer.content.decode()
    assert "Medical, Billing" in answer.content.decode()
    visitor.post("/sign/accept/", answers(answer))
    link.refresh_from_db()
    assert link.signed_at


def test_withdrawn_while_reading_nothing_is_signed(visitor, link, rosa):
    page = visitor.get("/sign/")
    sending.withdraw(link, by=rosa)
    answer = visitor.post("/sign/accept/", answers(page))
    assert answer.status_code == 410
    link.refresh_from_db()
    assert link.signed_at is None


def test_without_the_birth_date_nobody_signs(client, emailed, link):
    client.get(emailed())
    answer = client.post("/sign/accept/", {"name": "Thomas Wright"})
    assert (answer.status_code, answer.url) == (302, "/sign/")
    link.refresh_from_db()
    assert link.signed_at is None


def test_a_request_that_got_its_paper_otherwise_is_left_out(waiting, second, link, rosa):
    papers.ask_patient(waiting, by=rosa, email="other@example.test", phone="")
    sign(link)
    assert waiting.authorization.signed_sha256 == ""
    assert second.authorization.signed_sha256


def test_no_email_tells_of_health(visitor, waiting):
    accept(visitor, let_in_hiv="TW")
    run_due()
    for letter in mail.outbox:
        for word in ("Thomas", "Wright", "1978", "Lakeside", "edical record", "HIV"):
            assert word not in letter.subject + letter.body
    assert [one for one in mail.outbox if one.to == [EMAIL]]
