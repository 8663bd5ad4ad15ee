"""The inbound list, its columns, its export."""

import logging

from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_member, freshly_signed_in
from accounts.models import Permission
from chartrequest.way_back import way_back
from requests_app.lists import (
    DUE_FIRST,
    NEWEST_FIRST,
    Search,
    Walk,
    as_csv,
    chosen,
    cut,
    said,
    searched_by_post,
    table_rows,
)
from requests_app.lists.columns import OWN, shown_of
from requests_app.models import RecordRequest, State
from requests_app.models.states import OPEN
from requests_app.processing import inbox

log = logging.getLogger(__name__)

ROWS = RecordRequest.objects.select_related("patient", "organization", "assigned_to").only(
    *OWN,
    *shown_of("patient", "first_name", "middle_name", "last_name", "birth_date"),
    *shown_of("organization", "name", "kind"),
    *shown_of("assigned_to", "first_name", "last_name", "email"),
)
ORDERS = {"due": DUE_FIRST, "updated": NEWEST_FIRST}
LONGEST_NUMBER = 19  # digits of a key of the database


class Asked:
    """What the query string asks for. Words that mean nothing are left out; without states, the open ones."""

    def __init__(self, request):
        get, member = said(request), request.member
        self.states = [state for state in inbox.STATES if state in get.getlist("status")]
        self.is_all = "all" in get.getlist("status")
        self.rush = get.get("rush") == "1"
        self.messages = get.get("messages") == "unread"
        self.kind = get.get("type") if get.get("type") in dict(inbox.KINDS) else ""
        self.assigned = get.get("assigned", "")
        self.search = Search(get.get("q", ""), also=inbox.requestor_named)
        self.member = member
        is_wide = self.is_all or self.messages or self.search.text
        self.selected = self.states or (inbox.STATES if is_wide else list(OPEN))
        self.sort = get.get("sort") if get.get("sort") in ORDERS else self._own_sort()

    def _own_sort(self):
        """Rush first, then what is due first; what is over is looked up by its newest change."""
        return "due" if set(self.selected) <= set(OPEN) else "updated"

    @property
    def is_narrowed(self):
        return bool(
            self.search.text or self.kind or self.assigned or self.rush or self.messages or self.states
        )

    def walks(self):
        """One for each way of searching, through each state or, newest first, through all at once: as indexes are."""
        came_in, states = self._came_in(), tuple(self.selected)
        if self.sort == "updated" and len(states) == len(inbox.STATES):
            came_in, states = came_in.exclude(state=State.DRAFT), ()
        return [Walk(came_in.filter(way), states) for way in self.search.ways]

    def everything(self):
        """The same rows as one queryset, for what isn't shown page by page."""
        ways = Q(pk__in=[])
        for way in self.search.ways:
            ways |= way or Q(pk__isnull=False)
        return self._came_in().filter(ways, state__in=self.selected).order_by(*ORDERS[self.sort])

    def _came_in(self):
        came_in = RecordRequest.objects.filter(custodian_organization=self.member.organization_id)
        if self.rush:
            came_in = inbox.rush(came_in)
        if self.messages:
            came_in = inbox.unread(came_in, self.member)
        if self.kind:
            came_in = came_in.filter(organization__kind=self.kind)
        return self._assigned(came_in)

    def _assigned(self, queryset):
        if self.assigned == "me":
            return queryset.filter(assigned_to=self.member.person_id)
        if self.assigned == "nobody":
            return queryset.filter(assigned_to=None)
        if self.assigned.isascii() and self.assigned.isdigit() and len(self.assigned) < LONGEST_NUMBER:
            return queryset.filter(assigned_to=self.assigned)
        return queryset


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(Permission.VIEW_REQUESTS)
@searched_by_post
def inbound(request):
    """What came in: open requests first of all, rush first, then by the day they are due."""
    asked = Asked(request)
    page = cut(
        asked.walks(),
        ORDERS[asked.sort],
        rows=ROWS,
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    inbox.prepare(page.rows, request.member)
    columns = chosen(inbox.COLUMNS, request.user.inbound_columns or inbox.FIRST_COLUMNS)
    shown = {
        "asked": asked,
        "page": page,
        "table_rows": table_rows(page.rows, [inbox.ID, *columns]),
        "counts": inbox.counts(request.member),
        "oldest": inbox.oldest_waiting(request.member),
        "chips": _chips(request, asked),
        "columns": columns,
        "shows": {column.key for column in columns},
        "all_columns": inbox.COLUMNS,
        "kinds": inbox.KINDS,
        "people": inbox.people(request.member),
    }
    return render(request, "requests_app/processing/inbound.html", shown)


def _chips(request, asked):
    """`(label, count, query string, is on)`: the open ones, each state, all. A state's chip sets or clears it."""
    counts = inbox.counts(request.member)
    total = sum(counts[state] for state in inbox.STATES)
    chips = [_chip(request, _("Open"), counts["open"], [], asked.selected == list(OPEN))]
    for state in inbox.STATES:
        states = [one for one in inbox.STATES if (one in asked.states) != (one == state)]
        chips.append(_chip(request, state.label, counts[state], states, state in asked.states))
    return [*chips, _chip(request, _("All"), total, ["all"], asked.is_all)]


def _chip(request, label, count, states, is_on):
    query = request.GET.copy()
    for name in ("after", "before", "rush", "messages", "sort"):
        query.pop(name, None)
    query.setlist("status", [str(state) for state in states])
    return label, count, f"?{query.urlencode()}", is_on


@require_POST
@for_member(Permission.VIEW_REQUESTS)
def inbound_columns(request):
    """Remember which columns this person wants; none means those of a first look."""
    known = [column.key for column in inbox.COLUMNS]
    request.user.inbound_columns = [key for key in known if key in request.POST.getlist("column")]
    request.user.save(update_fields=["inbound_columns"])
    return redirect(way_back(request, "inbound"))


@require_safe
@for_member(Permission.VIEW_REQUESTS)
@freshly_signed_in
def inbound_export(request):
    """The list as it is filtered, as CSV. Health information leaves the system, so a fresh sign-in is asked for."""
    asked = Asked(request)
    rows = asked.everything().select_related("patient", "organization", "assigned_to")
    log.info("Inbound list exported by member %s", request.member.pk)
    return as_csv(rows, [inbox.ID, *inbox.COLUMNS], name="inbound")
