"""Requests of the demo, one in each state, made and moved by the verbs that people use."""

from datetime import date

from directory.models import Custodian
from outbox.queue import run_due
from requests_app.intake import papers as intake_papers
from requests_app.models import Batch
from requests_app.reasons import IncompleteReason
from requests_app.tracking import abandoning, conversation
from sandbox.demo import driving, papers

PATIENTS = [
    ("Thomas", "Wright", date(1978, 11, 2)),
    ("Maria", "Delgado", date(1961, 3, 14)),
    ("Janet", "Liu", date(1984, 5, 5)),
    ("Peter", "Nwosu", date(1955, 1, 20)),
    ("Ellen", "Hartman", date(1990, 7, 29)),
    ("Victor", "Moreno", date(1969, 9, 9)),
    ("Ruth", "Keller", date(1947, 2, 28)),
    ("Daniel", "Okafor", date(2001, 12, 1)),
    ("Grace", "Sandoval", date(1993, 6, 17)),
]


def load(members):
    """Make the requests of katie's firm to the Lakeside practice."""
    katie, remi = members["katie"], members["remi"]
    lakeside = Custodian.objects.get(name="Lakeside Family Medicine")
    card = driving.save_card(katie)
    people = iter(PATIENTS)

    def submitted(*, is_rush=False, pay_by=Batch.PayBy.CARD):
        first_name, last_name, birth_date = next(people)
        batch = driving.begin(
            katie,
            first_name=first_name,
            last_name=last_name,
            birth_date=birth_date,
            pay_by=pay_by,
            card=card if pay_by == Batch.PayBy.CARD else None,
            case_number=f"26-CV-{1100 + birth_date.day}",
        )
        one = driving.ask(batch, lakeside, by=katie, is_rush=is_rush)
        driving.authorize(one, papers.authorization(one.patient, lakeside, katie.organization), by=katie)
        driving.submit(batch, by=katie)
        one.refresh_from_db()
        return one

    def with_records(pages):
        one = submitted()
        driving.upload(one, [papers.visits(one.patient, lakeside, pages)], by=remi)
        return one

    submitted(is_rush=True)
    waiting = submitted(pay_by=Batch.PayBy.CHECK)
    conversation.send(waiting, by=katie, body="Please include the visits of last winter.")
    incomplete = submitted()
    incomplete.mark_incomplete(by=remi, reason=IncompleteReason.NOT_SIGNED)
    driving.approve_pages(with_records(6), by=remi, most=2)
    _priced(with_records(4), remi)
    paid = with_records(5)
    driving.pay(_priced(paid, remi), card, by=katie)
    ended = submitted()
    abandoning.end(ended, by=katie, agreed=str(abandoning.cost(ended).total))
    _unfinished(katie, lakeside, *next(people))
    run_due()


def _priced(record_request, by):
    driving.approve_pages(record_request, by=by)
    return driving.price(record_request, by=by)


def _unfinished(katie, custodian, first_name, last_name, birth_date):
    """A draft whose patient is still to sign."""
    batch = driving.begin(katie, first_name=first_name, last_name=last_name, birth_date=birth_date)
    one = driving.ask(batch, custodian, by=katie)
    intake_papers.ask_patient(one, by=katie, email="patient@home.example", phone="")
    driving.submit(batch, by=katie)
