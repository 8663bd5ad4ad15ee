""" "Statements" of one's own organization: on screen, as PDF and as CSV (product 7.9)."""

from functools import wraps

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import freshly_signed_in
from billing.access import for_payer
from billing.statements import paper, period, reckoning, tables
from billing.statements.period import PeriodForm
from chartrequest.spreadsheets import as_csv

MOST_SHOWN = 1000


def with_statement(view):
    """Hand the view the statement of the days that the address names; what is no period is shown with its error."""

    @wraps(view)
    def found(request):
        form = PeriodForm.of(request.GET)
        if not form.is_valid():
            return _page(request, form)
        made = reckoning.statement(request.member.organization, **form.cleaned_data)
        return view(request, form, made)

    return found


def shown(view):
    """A statement that people read holds at most MOST_SHOWN entries; a longer one is a CSV."""

    @wraps(view)
    def short(request, form, made):
        if too_long := too_long_to_read(made):
            form.add_error("begins_on", too_long)
            return _page(request, form)
        return view(request, form, made)

    return short


@require_safe
@for_payer
@with_statement
@shown
def statements(request, form, made):
    """The statement and what is open on its last day."""
    return _page(request, form, made)


@require_safe
@for_payer
@with_statement
@shown
def statement_pdf(request, form, made):
    made_paper = paper.statement_pdf(made, reckoning.aging(made.organization, made.ends_on))
    return paper.as_download(made_paper, name_of(made))


@require_safe
@for_payer
@freshly_signed_in
@with_statement
def statement_csv(request, form, made):
    return as_csv(tables.statement_rows(made), name=name_of(made))


@require_safe
@for_payer
def w9(request):
    """The operator's W-9, which accounts departments ask for before they pay."""
    return paper.as_download(paper.w9_pdf(), "w-9")


def too_long_to_read(made):
    """A sentence where a statement has more entries than anybody reads; else nothing."""
    if len(made.entries) <= MOST_SHOWN:
        return ""
    return _("%(count)s entries are too many to show. Choose a shorter period, or download the CSV.") % {
        "count": len(made.entries)
    }


def name_of(made):
    return f"statement-{made.begins_on:%Y-%m-%d}-{made.ends_on:%Y-%m-%d}"


def _page(request, form, made=None):
    context = {"form": form, "statement": made, "periods": period.chosen()}
    if made:
        context["aged"] = reckoning.aging(made.organization, made.ends_on)
        context["query"] = period.query(made.begins_on, made.ends_on)
    return render(request, "billing/statements/page.html", context, status=200 if made else 422)
