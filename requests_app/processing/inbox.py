"""A practice's inbound list: what came in, by whom it is due, who takes care of it (product 6.2)."""

from django.db.models import Count as CountOf
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Member, Organization
from correspondence.models import Thread
from requests_app.due import due
from requests_app.lists import Column, capped_counts, cells
from requests_app.lists.searching import named
from requests_app.models import RecordPage, RecordRequest, State
from requests_app.models.states import OPEN, WITH_CUSTODIAN

STATES = [state for state in State if state != State.DRAFT]


def _written(moment):
    return f"{timezone.localtime(moment):%m/%d/%Y %H:%M}" if moment else ""


def _due(row):
    css = f"is-{row.due_words.urgency}" if row.due_words.urgency else ""
    return cells.drawn('<span class="{}">{}</span>', css, row.due_words.words)


def _pages(row):
    if row.pages_total:
        rest = f"/ {row.pages_total} {gettext('reviewed')}"
        return cells.drawn('<span>{} <span class="muted small">{}</span></span>', row.pages_reviewed, rest)
    return cells.plain(row.page_count)


ID = Column("id", _("Request ID"), str, cells.request_id)
COLUMNS = [
    Column("status", _("Status"), lambda row: row.get_state_display(), cells.status),
    Column(
        "patient",
        _("Patient"),
        lambda row: f"{row.patient.full_name}, {row.patient.birth_date:%m/%d/%Y}",
        cells.patient,
    ),
    Column(
        "requestor",
        _("Requestor"),
        lambda row: row.organization.name,
        lambda row: cells.two_lines(row.organization.name, Organization.Kind(row.organization.kind).label),
    ),
    Column("due", _("Due"), lambda row: due(row).words, _due, "num nowrap"),
    Column("pages", _("Pages"), lambda row: row.page_count or "", _pages, "num nowrap"),
    Column(
        "assigned",
        _("Assigned"),
        lambda row: row.assigned_to or "",
        lambda row: cells.plain(row.assigned_to and row.assigned_words),
    ),
    Column(
        "submitted",
        _("Submitted"),
        lambda row: _written(row.submitted_at),
        lambda row: cells.day(row.submitted_at),
        "small muted num",
    ),
    Column(
        "updated",
        _("Last update"),
        lambda row: _written(row.updated_at),
        lambda row: cells.moment(row.updated_at, "M j, g:i A"),
        "small muted",
    ),
]
# Until somebody chooses: the columns of a first look.
FIRST_COLUMNS = ["status", "patient", "requestor", "due", "pages", "assigned", "updated"]
KINDS = Organization.Kind.choices


def counts(member):
    """How many requests stand in each state, and `open`, `rush`, `messages`: asked once for each member.

    Numbers are `lists.Count`: at most a thousand each, written "1,000+".
    """
    if not hasattr(member, "_inbox_counts"):
        came_in = RecordRequest.objects.filter(custodian_organization=member.organization_id)
        found = capped_counts(came_in, STATES, rush=rush(came_in), messages=unread(came_in, member))
        found["open"] = sum(found[state] for state in OPEN)
        member._inbox_counts = found
    return member._inbox_counts


def oldest_waiting(member):
    """When the request was submitted that waits longest for the practice; None where none does."""
    came_in = RecordRequest.objects.filter(custodian_organization=member.organization_id)
    waiting = came_in.filter(state__in=WITH_CUSTODIAN).order_by("submitted_at")
    return waiting.values_list("submitted_at", flat=True).first()


def rush(queryset):
    """Those that were promised within 48 hours and wait for the practice."""
    return queryset.filter(state__in=WITH_CUSTODIAN, is_rush=True)


def unread(queryset, member):
    """Those in which the requestor wrote after this person last looked."""
    return queryset.filter(Thread.unread_by(member, thread="thread_id"))


def requestor_named(text):
    """A way of searching: requestors by any part of their name."""
    return [named("organization", Organization.objects.filter(name__icontains=text))]


def prepare(rows, member):
    """Give each row its `due_words` and `assigned_words`; in work `pages_total` and `pages_reviewed`, by one query."""
    in_work = [row.pk for row in rows if row.state in WITH_CUSTODIAN]
    reviewed = CountOf("id", filter=~Q(verdict=RecordPage.Verdict.NONE))
    pages = RecordPage.objects.kept().filter(record_request__in=in_work).order_by()
    grouped = pages.values_list("record_request").annotate(total=CountOf("id"), reviewed=reviewed)
    counted = grouped if in_work else []
    found = {pk: (total, done) for pk, total, done in counted}
    now = timezone.now()
    for row in rows:
        row.pages_total, row.pages_reviewed = found.get(row.pk, (0, 0))
        row.due_words = due(row, now)
        if row.assigned_to_id:
            is_me = row.assigned_to_id == member.person_id
            row.assigned_words = gettext("You") if is_me else row.assigned_to.full_name


def people(member):
    """Those to whom requests of this practice may be assigned, as `(person_id, name)`."""
    members = Member.objects.active().filter(organization=member.organization_id).select_related("person")
    return sorted(
        ((one.person_id, one.person.full_name) for one in members), key=lambda pair: pair[1].lower()
    )
