"""What the bank and the ledger say otherwise, for ops: a queue with what to do, and the days that were compared."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html

from billing.models import BankDay, Difference
from chartrequest.admin import ReadOnly, Standing
from chartrequest.forms import PlainTextField
from outbox.queue import enqueue


class CloseForm(forms.Form):
    """Why a difference needs nothing more."""

    why = PlainTextField(label="What was done", max_length=500)


@admin.register(Difference)
class DifferenceAdmin(ReadOnly):
    """Closes by itself when a later comparison no longer finds it, or here, with a sentence."""

    list_display = ["day", "reference", "kind", "ours", "theirs", "invoice", "end"]
    list_display_links = ["reference"]
    list_filter = [Standing, "kind", "day"]
    list_select_related = ["invoice", "closed_by"]
    search_fields = ["reference", "invoice__number"]
    fields = [
        *("day", "reference", "kind", "ours", "theirs", "currency", "invoice"),
        *("what_to_do", "found_at", "seen_at", "end"),
    ]
    readonly_fields = ["what_to_do", "end"]

    def get_urls(self):
        closing = self.admin_site.admin_view(self.close_view)
        return [path("<int:pk>/close/", closing, name="billing_difference_close"), *super().get_urls()]

    @admin.display(description="What to do")
    def what_to_do(self, difference):
        return difference.what_to_do

    @admin.display(description="Closed")
    def end(self, difference):
        if difference.closed_by:
            return f"{difference.closed_at:%m/%d/%Y} by {difference.closed_by}: {difference.closed_why}"
        if difference.closed_at:
            return f"{difference.closed_at:%m/%d/%Y}, by itself"
        address = reverse("admin:billing_difference_close", args=[difference.pk])
        return format_html('<a href="{}">Close with a sentence</a>', address)

    def close_view(self, request, pk):
        """Asks what was done; then it no longer waits."""
        if not request.user.has_perm("billing.change_difference"):
            raise PermissionDenied
        difference = Difference.objects.filter(pk=pk).first()
        if difference is None:
            raise Http404
        form = CloseForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            difference.close(by=request.user, why=form.cleaned_data["why"])
            messages.success(request, f"{difference.reference} is closed.")
            return redirect(reverse("admin:billing_difference_changelist") + "?standing=open")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Close {difference}",
            "opts": self.opts,
            "difference": difference,
            "form": form,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/billing/difference/close.html", context, status=status)


@admin.register(BankDay)
class BankDayAdmin(ReadOnly):
    """Which days were compared, and why one could not be. Each night compares what is missing."""

    list_display = ["day", "compared_at", "movements", "tried_at", "problem"]
    list_filter = ["day"]
    actions = ["compare_again"]

    def has_compare_permission(self, request):
        return request.user.has_perm("billing.change_difference")

    @admin.action(description="Compare again with the bank", permissions=["compare"])
    def compare_again(self, request, days):
        for one in days:
            enqueue(
                "billing.compare_day", key=f"compare:{one.day}:{timezone.now():%s%f}", day=one.day.isoformat()
            )
        self.message_user(request, "Asked for. The result is here in a moment.")
