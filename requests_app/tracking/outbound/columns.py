"""The columns of the outbound list, and the rows that fill them."""

from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice
from chartrequest.templatetags.ui import money
from correspondence.models import Thread
from requests_app.due import due
from requests_app.lists import Column, cells
from requests_app.lists.columns import OWN, shown_of
from requests_app.models import RecordRequest
from requests_app.tracking.refunding.shown import has_open_refund


def _day(moment):
    return f"{timezone.localtime(moment):%m/%d/%Y}" if moment else ""


def _written(moment):
    return f"{timezone.localtime(moment):%m/%d/%Y %H:%M}"


def _due(row):
    return due(row).words if row.is_with_custodian else ""


def _due_cell(row):
    if row.due_words is None:
        return cells.plain("")
    css = "is-late" if row.due_words.urgency == "late" else ""
    return cells.drawn('<span class="{}">{}</span>', css, row.due_words.words)


def _patient(row):
    return f"{row.patient.full_name}, {row.patient.birth_date:%m/%d/%Y}"


def _case(row):
    return cells.drawn('<span class="break">{}</span>', row.batch.case_number or cells.NOTHING)


ID = Column("id", _("Request ID"), str, cells.request_id)
COLUMNS = [
    Column("status", _("Status"), lambda row: row.get_state_display(), cells.status),
    Column("patient", _("Patient"), _patient, cells.patient),
    Column(
        "provider",
        _("Provider"),
        lambda row: f"{row.custodian.name}, {row.custodian.place}",
        lambda row: cells.two_lines(row.custodian.name, row.custodian.place),
    ),
    Column("case", _("Case number"), lambda row: row.batch.case_number, _case),
    Column(
        "asked_by",
        _("Requested by"),
        lambda row: row.batch.owner.full_name,
        lambda row: cells.plain(row.batch.owner.full_name),
    ),
    Column(
        "begun",
        _("Started"),
        lambda row: _day(row.created_at),
        lambda row: cells.day(row.created_at),
        "small muted num",
    ),
    Column(
        "submitted",
        _("Submitted"),
        lambda row: _day(row.submitted_at),
        lambda row: cells.day(row.submitted_at),
        "small muted num",
    ),
    Column("due", _("Answer due"), _due, _due_cell, "num nowrap"),
    Column(
        "pages", _("Pages"), lambda row: row.page_count or "", lambda row: cells.plain(row.page_count), "num"
    ),
    Column(
        "price",
        _("Price"),
        lambda row: "" if row.price_total is None else row.price_total,
        lambda row: cells.plain(money(row.price_total)),
        "num",
    ),
    Column(
        "updated",
        _("Last update"),
        lambda row: _written(row.updated_at),
        lambda row: cells.moment(row.updated_at, "M j, Y, g:i A"),
        "small muted",
    ),
]
# Until somebody chooses: the columns of a first look.
FIRST_COLUMNS = ["status", "patient", "provider", "case", "due", "price", "updated"]


# A row of all five tables has a hundred and twenty columns; reading them takes longer than finding them.
SHOWN = [*shown_of("patient", "first_name", "middle_name", "last_name", "birth_date")]
SHOWN += [*OWN, *shown_of("custodian", "name", "city", "state"), *shown_of("batch", "case_number")]
SHOWN += shown_of("batch__owner", "first_name", "last_name")


def rows(member):
    """All that a row shows, in one query: `price_total` in USD or None, `is_unread`, `is_refunding`."""
    invoices = Invoice.objects.filter(record_request=OuterRef("pk"), voided_at__isnull=True).order_by("-id")
    return (
        RecordRequest.objects.select_related("patient", "custodian", "batch__owner")
        .only(*SHOWN)
        .annotate(
            price_total=Subquery(invoices.values("total")[:1]),
            is_unread=Thread.unread_by(member, thread="thread_id"),
            is_refunding=has_open_refund(),
        )
    )


def prepare(found):
    """Give each row the words of its `due_words`."""
    now = timezone.now()
    for row in found:
        row.due_words = due(row, now) if row.is_with_custodian else None
