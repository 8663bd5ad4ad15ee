"""The fee schedules for ops: read every edition, revise one schedule, which makes a new edition (product 7.2)."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.html import format_html

from accounts.access import freshly_signed_in
from billing.admin.schedule_form import ScheduleForm
from billing.models import Edition
from chartrequest.admin import ReadOnly
from chartrequest.days import business_day


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    """Editions, newest first. None is ever changed."""

    list_display = ["__str__", "standing", "note", "changed", "made_by", "made_at", "schedules"]
    list_select_related = ["made_by"]
    fields = ["effective_on", "note", "changed", "made_by", "made_at", "version", "schedules"]
    readonly_fields = ["changed", "schedules"]

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/schedules/", view(self.schedules_view), name="billing_edition_schedules"),
            path("<int:pk>/schedules/<slug:code>/", view(self.revise_view), name="billing_edition_revise"),
            *super().get_urls(),
        ]

    @admin.display(description="Standing")
    def standing(self, edition):
        if edition.effective_on > business_day():
            return "to come"
        return "in force" if edition == Edition.objects.in_force(business_day()) else "past"

    @admin.display(description="Changed schedules")
    def changed(self, edition):
        return ", ".join(edition.changed_codes) or "–"

    @admin.display(description="Schedules")
    def schedules(self, edition):
        address = reverse("admin:billing_edition_schedules", args=[edition.pk])
        return format_html('<a href="{}">Read or revise its {} schedules</a>', address, len(edition.rows))

    def schedules_view(self, request, pk):
        """Every schedule of an edition, those that need a look first."""
        edition = self._found(request, pk)
        today = business_day()
        rows = [(one, one.review(today)) for one in edition.book.schedules]
        context = {
            **self.admin_site.each_context(request),
            "title": str(edition),
            "opts": self.opts,
            "edition": edition,
            "rows": sorted(rows, key=lambda row: (not row[1], row[0].state, row[0].code)),
            "may_revise": self._may_revise(request),
        }
        return render(request, "admin/billing/edition/schedules.html", context)

    def revise_view(self, request, pk, code):
        """One schedule's columns as a form; saving it makes a new edition, from a day on."""
        return freshly_signed_in(self._revise)(request, pk, code)

    def _revise(self, request, pk, code):
        edition = self._found(request, pk)
        row = edition.row(code)
        if row is None:
            raise Http404
        if not self._may_revise(request):
            raise PermissionDenied
        form = ScheduleForm(edition, row, request.POST or None)
        if request.method == "POST" and form.is_valid():
            made = form.save(by=request.user)
            said = f"{code} is revised from {made.effective_on:%m/%d/%Y} on. What was quoted before stays as it was."
            messages.success(request, said)
            return redirect("admin:billing_edition_schedules", made.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Revise {row['name']}",
            "opts": self.opts,
            "edition": edition,
            "row": row,
            "form": form,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/billing/edition/revise.html", context, status=status)

    def _found(self, request, pk):
        if not self.has_view_permission(request):
            raise PermissionDenied
        edition = Edition.objects.filter(pk=pk).first()
        if edition is None:
            raise Http404
        return edition

    def _may_revise(self, request):
        return request.user.has_perm("billing.add_edition")
