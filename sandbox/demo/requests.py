"""Requests of the demo, one in each state, made and moved by the verbs that people use."""

from datetime import date

from directory.models import Custodian
from outbox.queue import run_due
from requests_app.intake import papers as intake_papers
from requests_app.models import Batch, Patient
from requests_app.reasons import IncompleteReason
from requests_app.tracking import abandoning, conversation
from sandbox.demo import driving, papers


def load(members):
    """Make the requests of katie's firm to the Lakeside practice; those of an interrupted start are kept."""
    desk = Desk(members["katie"], members["remi"])
    for (first_name, last_name, birth_date), story in STORIES.items():
        who = {"first_name": first_name, "last_name": last_name, "birth_date": birth_date}
        if not Patient.objects.filter(organization=desk.katie.organization, **who).exists():
            story(desk, who)
    run_due()


class Desk:
    """Katie asks, remi answers, for the Lakeside practice."""

    def __init__(self, katie, remi):
        self.katie, self.remi = katie, remi
        self.lakeside = Custodian.objects.get(name="Lakeside Family Medicine")
        self.card = driving.save_card(katie)

    def submitted(self, who, *, is_rush=False, card=True):
        batch = driving.begin(
            self.katie,
            **who,
            pay_by=Batch.PayBy.CARD if card else Batch.PayBy.CHECK,
            card=self.card if card else None,
            case_number=f"26-CV-{1100 + who['birth_date'].day}",
        )
        one = driving.ask(batch, self.lakeside, by=self.katie, is_rush=is_rush)
        paper = papers.authorization(one.patient, self.lakeside, self.katie.organization)
        driving.authorize(one, paper, by=self.katie)
        driving.submit(batch, by=self.katie)
        one.refresh_from_db()
        return one

    def with_records(self, who, pages):
        one = self.submitted(who)
        driving.upload(one, [papers.visits(one.patient, self.lakeside, pages)], by=self.remi)
        return one

    def priced(self, who, pages):
        one = self.with_records(who, pages)
        driving.approve_pages(one, by=self.remi)
        return one, driving.price(one, by=self.remi)


def rush(desk, who):
    desk.submitted(who, is_rush=True)


def pending_with_a_message(desk, who):
    one = desk.submitted(who, card=False)
    conversation.send(one, by=desk.katie, body="Please include the visits of last winter.")


def incomplete(desk, who):
    desk.submitted(who).mark_incomplete(by=desk.remi, reason=IncompleteReason.NOT_SIGNED)


def in_review(desk, who):
    driving.approve_pages(desk.with_records(who, 6), by=desk.remi, most=2)


def priced(desk, who):
    desk.priced(who, 4)


def completed(desk, who):
    _one, invoice = desk.priced(who, 5)
    driving.pay(invoice, desk.card, by=desk.katie)


def canceled(desk, who):
    one = desk.submitted(who)
    abandoning.end(one, by=desk.katie, agreed=str(abandoning.cost(one).total))


def awaiting_signature(desk, who):
    batch = driving.begin(desk.katie, **who)
    one = driving.ask(batch, desk.lakeside, by=desk.katie)
    intake_papers.ask_patient(one, by=desk.katie, email="patient@home.example", phone="")
    driving.submit(batch, by=desk.katie)


STORIES = {
    ("Thomas", "Wright", date(1978, 11, 2)): rush,
    ("Maria", "Delgado", date(1961, 3, 14)): pending_with_a_message,
    ("Janet", "Liu", date(1984, 5, 5)): incomplete,
    ("Peter", "Nwosu", date(1955, 1, 20)): in_review,
    ("Ellen", "Hartman", date(1990, 7, 29)): priced,
    ("Victor", "Moreno", date(1969, 9, 9)): completed,
    ("Ruth", "Keller", date(1947, 2, 28)): canceled,
    ("Daniel", "Okafor", date(2001, 12, 1)): awaiting_signature,
}
