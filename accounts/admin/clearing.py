"""Clear somebody's two-step verification: a page that asks for the reason, a POST, and the verb."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import lost_device
from accounts.access import freshly_signed_in
from accounts.models import Person
from accounts.two_step import has_two_step
from audit.models import MoveRefused
from chartrequest.forms import PlainTextField


class ClearingForm(forms.Form):
    reason = PlainTextField(
        max_length=1000,
        multiline=True,
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text="How you know that it is them, like a call back to the number of their organization. "
        "Ops read it in the history. No health information.",
    )


def page_of(model_admin):
    @require_http_methods(["GET", "HEAD", "POST"])
    @freshly_signed_in
    def clear(request, person_id):
        person = Person.objects.filter(pk=person_id).first()
        if person is None:
            raise Http404
        if not lost_device.may_clear(request.user, person):
            raise PermissionDenied
        change = redirect("admin:accounts_person_change", person.pk)
        if not has_two_step(person):
            messages.error(request, "This person has no two-step verification.")
            return change
        form = ClearingForm(request.POST if request.method == "POST" else None)
        if request.method != "POST" or not form.is_valid():
            return _asked(request, model_admin, person, form)
        try:
            lost_device.clear_two_step(person, by=request.user, **form.cleaned_data)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{person} signs in by password alone now, and is told.")
        return change

    return clear


def _asked(request, model_admin, person, form):
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Clear two-step verification of {person}",
        "opts": Person._meta,
        "person": person,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "admin/accounts/person/clear_two_step.html", context, status=status)
