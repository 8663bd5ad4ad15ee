"""What ops must know first: what this installation does without, and what waits for a person."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organization, Standing
from billing import reconciling, statements
from billing.models import CheckPayment, Difference, Dispute, Edition, Refund
from chartrequest.days import business_day
from correspondence.models import ContactToCheck, Notice
from directory.models import Suggestion
from outbox.models import Job, SweepFailure, SweepRun
from requests_app import sweeping
from requests_app.admin import requests
from requests_app.models import RecordRequest

# A sweep is due each hour, or each day: later than this somebody should ask whether beat runs.
LATE = timedelta(hours=26)


@dataclass(frozen=True)
class Part:
    """A part of the installation: what it is called, how it stands, and whether somebody should worry."""

    name: str
    says: str
    is_off: bool


@dataclass(frozen=True)
class Queue:
    """Things that wait for ops, where they are listed, and the right that opens the list."""

    name: str
    count: int
    url: str
    right: str


@dataclass(frozen=True)
class Swept:
    """A sweep, its newest run (None where it never ran), and whether that is too long ago."""

    name: str
    run: SweepRun | None
    is_late: bool
    url: str


def sweeps():
    """When each sweep ran last, how many it settled, how long it took, how many failed (product 10.3)."""
    found = []
    for sweep in sweeping.ALL:
        newest = SweepRun.objects.newest_of(sweep.name)
        is_late = newest is None or newest.began_at < timezone.now() - LATE
        url = reverse("admin:outbox_sweeprun_changelist") + f"?sweep={sweep.name}"
        found.append(Swept(sweep.label, newest, is_late, url))
    return found


def parts():
    """Virus scan, text recognition, bank, mail: on, or off and said so."""
    sandbox = settings.SANDBOX
    return [
        _part(_("Virus scan"), settings.CLAMD, _("by clamd"), _("off: uploads are not scanned for viruses")),
        _part(_("Text recognition of scans"), False, "", _("off: scanned pages are not read")),
        _part(_("Bank"), not settings.SANDBOX_BANK, _("Stripe"), _("sandbox: no real money moves")),
        _part(
            _("Email, texts and faxes"),
            not sandbox,
            _("sent"),
            _("sandbox tray: nothing leaves this machine"),
        ),
    ]


def queues():
    """What only a person can settle."""
    dead, failed = Job.State.DEAD, [Notice.State.FAILED, Notice.State.BOUNCED]
    return [
        _queue(
            _("Organizations to approve"),
            Organization.objects.filter(standing=Standing.WAITING),
            "accounts_organization",
            f"standing__exact={Standing.WAITING}",
        ),
        _queue(
            _("Patients' requests whose time is over"),
            requests.decide(RecordRequest.objects.all()),
            "requests_app_recordrequest",
            "queue=decide",
        ),
        _queue(
            _("Paid, and not delivered for 60 days"),
            requests.undelivered(RecordRequest.objects.all()),
            "requests_app_recordrequest",
            "queue=undelivered",
        ),
        _queue(
            _("Suggested providers"),
            Suggestion.objects.waiting(),
            "directory_suggestion",
            "standing__exact=waiting",
        ),
        _queue(
            _("Contacts to check"),
            ContactToCheck.objects.open(),
            "correspondence_contacttocheck",
            "standing=open",
        ),
        _queue(
            _("Jobs that failed for good"), Job.objects.filter(state=dead), "outbox_job", "state__exact=dead"
        ),
        _queue(
            _("Rows that a sweep could not settle"), SweepFailure.objects.all(), "outbox_sweepfailure", ""
        ),
        Queue(
            _("Fee schedules to look at"),
            fee_schedules_to_look_at(),
            reverse("admin:billing_edition_changelist"),
            "billing.view_edition",
        ),
        _queue(
            _("Checks that don't fit an invoice"),
            CheckPayment.objects.filter(standing__in=CheckPayment.QUEUE),
            "billing_checkpayment",
            "",
        ),
        _queue(
            _("Differences with the bank"), Difference.objects.open(), "billing_difference", "standing=open"
        ),
        Queue(
            _("Days not compared with the bank"),
            reconciling.late_days(),
            reverse("admin:billing_bankday_changelist"),
            "billing.view_bankday",
        ),
        Queue(
            _("Invoices past their due day"),
            statements.overdue(business_day()),
            reverse("admin:billing_receivables"),
            "billing.view_ledgertransaction",
        ),
        _queue(
            _("Refunds to decide or to pay"),
            Refund.objects.waiting_for_ops(),
            "billing_refund",
            "queue=open",
        ),
        _queue(
            _("Payments that a cardholder's bank disputes"),
            Dispute.objects.undecided(),
            "billing_dispute",
            "queue=open",
        ),
        _queue(
            _("Notices that didn't arrive"),
            Notice.objects.filter(state__in=failed),
            "correspondence_notice",
            f"state__in={','.join(failed)}",
        ),
    ]


def fee_schedules_to_look_at():
    """How many schedules in force are past their index date, or rest on thin sources (product 7.2)."""
    today = business_day()
    return sum(bool(one.review(today)) for one in Edition.objects.book_on(today).schedules)


def _part(name, is_on, on, off):
    return Part(name, on if is_on else off, not is_on)


def _queue(name, rows, admin, query):
    url = reverse(f"admin:{admin}_changelist") + (f"?{query}" if query else "")
    return Queue(name, rows.count(), url, "{}.view_{}".format(*admin.rsplit("_", 1)))
