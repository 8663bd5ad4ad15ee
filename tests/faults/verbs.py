"""The verbs of `script`: answers are ids and plain words."""

import io
from datetime import timedelta
from decimal import Decimal
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.models import Member
from audit.actors import SYSTEM
from audit.models import Activity
from billing.models import Card, CardAgreement, Ceiling, Payment, Refund
from billing.models.payment import SURELY_OVER
from correspondence.models import Notice
from correspondence.sending import wording
from directory.models import Custodian
from outbox import queue
from outbox.models import Job
from requests_app.models import Patient, RecordRequest
from sandbox import bank, tray
from sandbox.demo import driving
from sandbox.models import Charge, Event, Item, Switch
from sandbox.models import Refund as BankRefund
from tests import cast, stage
from tests.faults.processes import until


def prepare():
    """A new installation and its people: rosa asks, clara releases."""
    call_command("migrate", verbosity=0)
    call_command("migrate", "sandbox", database="sandbox", verbosity=0)
    rosa = cast.member("rosa", cast.organization("Smith Law", "law_firm"))
    practice = cast.organization("Lakeside Family Medicine", "provider")
    cast.member("clara", practice)
    cast.custodian(practice)
    driving.save_card(rosa)


def sign_in(name):
    """The id of a session in which `name` is signed in."""
    person = member(name).person
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(person.pk), person.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session.create()
    return session.session_key


def member(name):
    return Member.objects.get(person__email=f"{name}@example.test")


def draft():
    """Each for a patient of its own: nobody is asked whether it was requested already."""
    rosa = member("rosa")
    patient = stage.patient(rosa.organization, last_name=f"Wright {Patient.objects.count()}")
    one = stage.draft(rosa, Custodian.objects.get(), patient=patient)
    return {"batch": one.batch_id, "id": one.public_id}


def submitted():
    one = _one(draft()["id"])
    one.submit(by=member("rosa"))
    return one.public_id


def priced():
    """A request that waits for its payment: its id, invoice and a card."""
    one = stage.priced(_one(submitted()), member("clara"))
    invoice = one.invoices.get()
    return {"id": one.public_id, "invoice": invoice.number, "card": Card.objects.first().pk}


def priced_with_a_word():
    """The same, where rosa agreed that her card is charged by itself: it will be."""
    rosa, card = member("rosa"), Card.objects.first()
    ceiling = Decimal("500.00")
    Ceiling.put(rosa.organization, ceiling, by=rosa)
    word = CardAgreement.objects.create(
        organization=rosa.organization, person=rosa.person, card=card, up_to=ceiling
    )
    one = stage.draft(rosa, Custodian.objects.get(), pay_by="card", card=card, card_agreement=word)
    one.submit(by=rosa)
    stage.priced(one, member("clara"))
    return {"id": one.public_id, "invoice": one.invoices.get().number}


def paid():
    said = priced()
    driving.pay(_one(said["id"]).invoices.get(), Card.objects.first(), by=member("rosa"))
    return said["id"]


def refund_approved(public_id, amount="1.00"):
    """A refund that was asked for and approved; a worker pays it to the card from now on."""
    refund = Refund.ask(
        _one(public_id).invoices.get(),
        by=member("rosa"),
        amount=Decimal(amount),
        reason=Refund.Reason.PRICING,
    )
    refund.approve(by=SYSTEM)
    return refund.pk


def _one(public_id):
    return RecordRequest.objects.get(public_id=public_id)


# Looking ------------------------------------------------------------------------------------------
def state(public_id):
    return _one(public_id).state


def files(public_id):
    return _one(public_id).files.count()


def payments(public_id):
    return list(
        Payment.objects.filter(invoice__record_request=_one(public_id)).values_list("state", flat=True)
    )


def refund_state(pk):
    return Refund.objects.get(pk=pk).state


def refunds_at_bank(pk):
    """The cents of each refund that the bank has made of the charge behind this one of ours."""
    charge = Refund.objects.get(pk=pk).payment.charge_id
    return list(BankRefund.objects.filter(charge=charge).values_list("amount", flat=True))


def charges(invoice):
    """How often the bank took money for this invoice."""
    return Charge.objects.filter(metadata__reference=invoice, status="succeeded").count()


def events(public_id, event):
    """How often something stands in the activity of a request."""
    return Activity.objects.of(_one(public_id)).filter(event=event).count()


def letters(public_id, event):
    """How often the tray got an email about this event."""
    notices = Notice.objects.filter(reference=str(_one(public_id)), event=event)
    return sum(Item.objects.filter(subject=wording(notice)[0]).count() for notice in notices)


# Time, trouble ------------------------------------------------------------------------------------
def hurry():
    """Waits are over: what waits is due now, and a worker is told. Names what is still open."""
    waiting = Job.objects.filter(state=Job.State.WAITING).exclude(key__endswith=":left")
    waiting.update(due_at=timezone.now())
    queue._silent_until = 0
    for job_id in Job.objects.due().exclude(key__endswith=":left").values_list("pk", flat=True)[:50]:
        queue.poke(job_id)
    bank.deliver_events()
    still_open = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    return [f"{job.kind} {job.state} {job.last_error}" for job in still_open.exclude(key__endswith=":left")]


def set_due_long_ago(minutes):
    """As if nobody had taken up what waits for so long."""
    Job.objects.filter(state=Job.State.WAITING).update(due_at=timezone.now() - timedelta(minutes=minutes))


def open_jobs():
    still_open = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    return still_open.exclude(key__endswith=":left").count()


def running():
    return Job.objects.filter(state=Job.State.RUNNING).count()


def dead_letters():
    return [f"{job.kind} {job.last_error}" for job in Job.objects.filter(state=Job.State.DEAD)]


def violations():
    said = io.StringIO()
    try:
        call_command("check_invariants", stdout=said)
    except CommandError:
        pass
    return said.getvalue().splitlines()


def soon_waiting(kind):
    """The error that the newest job of this kind was put back with."""
    job = Job.objects.filter(kind=kind).latest("pk")
    until(lambda: Job.objects.filter(pk=job.pk, state=Job.State.WAITING, attempts__gt=0).exists(), 8)
    job.refresh_from_db()
    return job.last_error


def two_minutes_later(public_id):
    """So long after the attempt to pay that no call to the bank can still be on its way."""
    attempts = Payment.objects.filter(invoice__record_request=_one(public_id))
    attempts.update(created_at=timezone.now() - SURELY_OVER - timedelta(seconds=1))


def break_bank(kind, path=""):
    bank.break_next(kind, path=path)


def deliver_again(times):
    """Every event of the bank again, `times` over, newest first; the statuses that it was answered with."""
    found = list(Event.objects.all())
    return sorted({bank.deliver(event) for event in found for _time in range(times)})


def mail(is_up):
    tray.accept("*") if is_up else tray.refuse("*", Switch.Outcome.REFUSED)
