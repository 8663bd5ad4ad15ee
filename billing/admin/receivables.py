"""Who owes what, for ops: all organizations by how late, and each one's statement (product 7.9)."""

from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from accounts.access import freshly_signed_in
from accounts.models import Organization
from billing import statements
from billing.statements import paper, period, tables
from billing.statements.views import name_of, too_long_to_read
from chartrequest.days import business_day
from chartrequest.spreadsheets import as_csv


class Receivables:
    """Pages of the ledger in the admin; a ModelAdmin of it mixes them in."""

    def get_urls(self):
        return [
            path("receivables/", self._page(receivables), name="billing_receivables"),
            path(
                "receivables/csv/",
                self._page(freshly_signed_in(receivables_csv)),
                name="billing_receivables_csv",
            ),
            path("statements/<int:pk>/", self._page(statement), name="billing_statement"),
            path("statements/<int:pk>/pdf/", self._page(statement_pdf), name="billing_statement_pdf"),
            path(
                "statements/<int:pk>/csv/",
                self._page(freshly_signed_in(statement_csv)),
                name="billing_statement_csv",
            ),
            *super().get_urls(),
        ]

    def _page(self, view):
        """For ops who may read the ledger."""

        @require_safe
        def allowed(request, **named):
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(request, **named)

        return self.admin_site.admin_view(allowed)


def receivables(request):
    today = business_day()
    found = statements.receivables(today)
    context = {
        **_context(request, "Receivables"),
        "today": today,
        "labels": statements.bucket_labels().values(),
        "rows": [(organization, aged, tables.amounts(aged)) for organization, aged in found],
        "sums": tables.sums(found),
        "unassigned": statements.unassigned(today),
    }
    return render(request, "admin/billing/receivables/all.html", context)


def receivables_csv(request):
    today = business_day()
    return as_csv(tables.receivable_rows(statements.receivables(today)), name=f"receivables-{today}")


def statement(request, pk):
    return _of(request, pk, _screen)


def statement_pdf(request, pk):
    return _of(request, pk, _pdf)


def statement_csv(request, pk):
    return _of(request, pk, _csv)


def _of(request, pk, answer):
    organization = Organization.objects.filter(pk=pk).first()
    if organization is None:
        raise Http404
    form = statements.PeriodForm.of(request.GET)
    made = statements.statement(organization, **form.cleaned_data) if form.is_valid() else None
    if made and answer is not _csv and (too_long := too_long_to_read(made)):
        form.add_error("begins_on", too_long)
        made = None
    return answer(request, organization, form, made) if made else _screen(request, organization, form, None)


def _screen(request, organization, form, made):
    context = {
        **_context(request, f"Statement of {organization}"),
        "organization": organization,
        "form": form,
        "statement": made,
        "periods": period.chosen(),
    }
    if made:
        context["aged"] = statements.aging(organization, made.ends_on)
        context["query"] = period.query(made.begins_on, made.ends_on)
    return render(request, "admin/billing/receivables/statement.html", context, status=200 if made else 422)


def _pdf(request, organization, form, made):
    return paper.as_download(
        paper.statement_pdf(made, statements.aging(organization, made.ends_on)), name_of(made)
    )


def _csv(request, organization, form, made):
    return as_csv(tables.statement_rows(made), name=name_of(made))


def _context(request, title):
    return {**site.each_context(request), "title": title}
