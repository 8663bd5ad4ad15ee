from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.atlas.chart import Chart
from directory.atlas.window import Window
from directory.finding import specialties
from directory.finding.form import SearchForm
from directory.models import Custodian, RecentSearch, Suggestion
from requests_app.intake import choosing
from requests_app.intake.draft import PROVIDERS, Draft
from requests_app.intake.editing import asked_or_404, with_draft
from requests_app.intake.terms import tell_terms
from requests_app.intake.views.pages import page, with_query

PER_PAGE = 10
SEARCH_FIELDS = (
    "name",
    "state",
    "favorites",
    "nearby",
    "city",
    "zip_code",
    "specialty",
    "npi",
    "edit",
)
PLACE_FIELDS = ("page", "at")  # where somebody is in the results


@require_safe
@with_draft
def providers(request, batch):
    """Search, star, choose up to 20. As one types, only the results are asked for (htmx)."""
    draft = Draft(batch)
    form = SearchForm(request.GET, home=batch.organization.zip_code)
    if not form.is_valid():
        return page(request, draft, PROVIDERS, _template(request), form=form, status=422)
    if "search" in request.GET:
        RecentSearch.note(request.user, form.asked)
    starred = set(request.member.person.favorites.values_list("custodian_id", flat=True))
    chart = _chart(form, starred, request.GET)
    found = Paginator(chart.listed, PER_PAGE).get_page(request.GET.get("page"))
    tell_terms([one.custodian for one in found if one.custodian])
    specialties.tell([one.facts for one in found])
    context = {
        "form": form,
        "page_obj": found,
        "chart": chart,
        "chosen": {one.custodian_id for one in draft.record_requests},
        "starred": starred,
        "wished": Suggestion.objects.wished_by(request.member.person),
        "search": _search(request.GET),
        "recent": [(one, urlencode(one.asked)) for one in request.user.recent_searches.all()],
    }
    return page(request, draft, PROVIDERS, _template(request), **context)


def _template(request):
    return "_results.html" if request.htmx else "providers.html"


@require_POST
@with_draft
def add(request, batch, custodian_id):
    """Choose a facility of the network."""
    custodian = get_object_or_404(Custodian.objects.in_network(), pk=custodian_id)
    choosing.choose(batch, custodian, by=request.member)
    return redirect(_back(request, batch))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def remove(request, batch, public_id):
    """Take a facility off the draft; asked first, since its details and authorization go with it."""
    record_request = asked_or_404(batch, public_id)
    if request.method == "POST":
        choosing.let_go(record_request, by=request.member)
        return redirect(_back(request, batch))
    context = {"batch": batch, "record_request": record_request, "back": request.GET.get("back", "")}
    return render(request, "requests_app/intake/remove_provider.html", context)


def _chart(form, starred, given):
    return Chart(
        form.found(starred),
        state=form.cleaned_data["state"],
        moved_to=Window.read(given.get("at")),
        picked=given.get("pick", ""),
        query=_search(given, SEARCH_FIELDS),
        per_page=PER_PAGE,
    )


def _search(given, fields=SEARCH_FIELDS + PLACE_FIELDS):
    """The search as a query string of known fields, so that adding somebody doesn't lose it."""
    kept = QueryDict(mutable=True)
    for name in fields:
        if value := given.get(name):
            kept[name] = value[:80]
    return kept.urlencode()


def _back(request, batch):
    """To the step that the button stood on, with its search."""
    if request.POST.get("back") == "authorization":
        return with_query("wizard_authorization", batch.pk)
    if request.POST.get("back") == "details":
        return with_query("wizard_details", batch.pk)
    return with_query(
        "wizard_providers", batch.pk, query=_search(QueryDict(request.POST.get("search", "")[:600]))
    )
