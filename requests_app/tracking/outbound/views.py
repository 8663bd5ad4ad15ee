import logging

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_member, freshly_signed_in
from accounts.models import Permission
from billing.models import Invoice
from chartrequest.way_back import way_back
from requests_app.lists import as_csv, chosen, cut, searched_by_post, table_rows
from requests_app.tracking.outbound import asking
from requests_app.tracking.outbound.columns import COLUMNS, FIRST_COLUMNS, ID, prepare, rows

log = logging.getLogger(__name__)


@require_http_methods(["GET", "HEAD", "POST"])
@for_member(Permission.VIEW_REQUESTS)
@searched_by_post
def outbound(request):
    """All requests of the organization, newest change first."""
    asked = asking.Asked(request)
    status = 200 if asked.is_valid else 422
    return render(request, "requests_app/tracking/outbound.html", context(request, asked), status=status)


def context(request, asked, **size):
    """What the list shows, here and on the dashboard; `size` is the number of rows of a page."""
    page = cut(
        asked.walks(),
        asked.order,
        rows=rows(request.member),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
        **size,
    )
    prepare(page.rows)
    columns = chosen(COLUMNS, request.user.outbound_columns or FIRST_COLUMNS)
    return {
        "asked": asked,
        "page": page,
        "table_rows": table_rows(page.rows, [ID, *columns]),
        "chips": _chips(request, asked),
        "columns": columns,
        "shows": {column.key for column in columns},
        "all_columns": COLUMNS,
        "may_ask": request.member.may(Permission.MAKE_REQUESTS),
        "open_invoices": Invoice.objects.open().filter(organization=request.member.organization_id).count(),
    }


@require_POST
@for_member(Permission.VIEW_REQUESTS)
def outbound_columns(request):
    """Remember which columns this person wants; none means those of a first look."""
    wanted = request.POST.getlist("column")
    request.user.outbound_columns = [column.key for column in COLUMNS if column.key in wanted]
    request.user.save(update_fields=["outbound_columns"])
    return redirect(way_back(request, "outbound"))


@require_safe
@for_member(Permission.VIEW_REQUESTS)
@freshly_signed_in
def outbound_export(request):
    """The list as it is filtered, as CSV. Health information leaves the system, so a fresh sign-in is asked for."""
    asked = asking.Asked(request)
    found = rows(request.member).filter(pk__in=asked.everything().values("pk")).order_by(*asked.order)
    log.info("Outbound list exported by member %s", request.member.pk)
    return as_csv(found, [ID, *COLUMNS], name="outbound")


def _chips(request, asked):
    """`(label, count, query string, is on)`: all, then each state, whose chip sets or clears it."""
    counts = asking.counts(request.member)
    chips = [_chip(request, _("All"), sum(counts.values()), [], not asked.states)]
    for state in asking.STATES:
        states = [one for one in asking.STATES if (one in asked.states) != (one == state)]
        chips.append(_chip(request, state.label, counts[state], states, state in asked.states))
    return chips


def _chip(request, label, count, states, is_on):
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query.setlist("status", [str(state) for state in states])
    return label, count, f"?{query.urlencode()}", is_on
