"""What ops must know first: what this installation does without, and what waits for a person."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Organization, Standing
from billing.models import CheckPayment, Edition
from chartrequest.days import business_day
from correspondence.models import Notice
from outbox.models import Job


@dataclass(frozen=True)
class Part:
    """A part of the installation: what it is called, how it stands, and whether somebody should worry."""

    name: str
    says: str
    is_off: bool


@dataclass(frozen=True)
class Queue:
    """Things that wait for ops, and where they are listed."""

    name: str
    count: int
    url: str


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
            _("Jobs that failed for good"), Job.objects.filter(state=dead), "outbox_job", "state__exact=dead"
        ),
        Queue(
            _("Fee schedules to look at"),
            fee_schedules_to_look_at(),
            reverse("admin:billing_edition_changelist"),
        ),
        _queue(
            _("Checks that don't fit an invoice"),
            CheckPayment.objects.filter(standing__in=CheckPayment.QUEUE),
            "billing_checkpayment",
            "",
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
    return Queue(name, rows.count(), url)
