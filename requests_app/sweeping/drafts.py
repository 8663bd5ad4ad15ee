"""Drafts that nobody works on: warned of after half a year, deleted two weeks later (product 1.9).

Untouched is a draft whose batch, requests and half-typed forms are all that old. It is never deleted without a warning
two weeks before; any change after the warning keeps it.
"""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.actors import SYSTEM
from chartrequest.days import began, business_day
from correspondence.models import Notice
from outbox import sweeping
from requests_app import notices
from requests_app.clocks import after
from requests_app.intake import choosing
from requests_app.models import Batch, KeptInput, RecordRequest

UNTOUCHED_DAYS = 180
WARNED_DAYS = 14


def _untouched(days):
    """Drafts on which nobody has worked for `days` whole days."""
    since = began(after(business_day(), -days))
    asked = RecordRequest.objects.filter(batch=OuterRef("pk"), updated_at__gte=since)
    typed = KeptInput.objects.filter(
        organization=OuterRef("organization"), key=OuterRef("key"), kept_at__gte=since
    )
    drafts = Batch.objects.filter(submitted_at=None, updated_at__lt=since)
    return drafts.exclude(Exists(asked)).exclude(Exists(typed))


def to_warn_of():
    return _untouched(UNTOUCHED_DAYS - WARNED_DAYS).filter(delete_on=None)


def warn(batch):
    """Tell whoever began it, and set the day. The draft itself is left as it is: a warning is no work on it."""
    delete_on = after(business_day(), WARNED_DAYS)
    Batch.objects.filter(pk=batch.pk).update(delete_on=delete_on)
    first = batch.record_requests.order_by("id").first()
    Notice.objects.to_people(
        notices.askers(batch),
        "draft_deleted_soon",
        reference=str(first) if first else "",
        path=reverse("wizard_resume", args=[batch.pk]),
        words={"day": f"{delete_on:%m/%d/%Y}"},
    )
    return "warned"


def to_delete():
    return Batch.objects.filter(submitted_at=None, delete_on__lte=business_day())


def delete(batch):
    if not _untouched(UNTOUCHED_DAYS).filter(pk=batch.pk).exists():
        Batch.objects.filter(pk=batch.pk).update(delete_on=None)
        return "kept"
    choosing.delete(batch, by=SYSTEM)
    return "deleted"


WARNING = sweeping.Sweep(
    "draft warnings",
    _("Drafts to warn of"),
    to_warn_of,
    "updated_at",
    lambda drafts: [warn(one) for one in drafts],
    related=("owner", "organization"),
)
DELETING = sweeping.Sweep(
    "drafts",
    _("Drafts that nobody works on"),
    to_delete,
    "delete_on",
    lambda drafts: [delete(one) for one in drafts],
)


def sweep():
    sweeping.run(DELETING)
    sweeping.run(WARNING)
