"""Saving, leaving, taking up and deleting a draft (product 5.4)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from requests_app.intake import choosing, keeping
from requests_app.intake.draft import PAGE_OF_FORM, Draft
from requests_app.intake.editing import with_draft
from requests_app.intake.forms import FORMS
from requests_app.intake.views.pages import keep_typed

# Pages without a form of their own: there is nothing typed to keep.
PAGES = {
    "providers": "wizard_providers",
    "authorization": "wizard_authorization",
    "estimate": "wizard_estimate",
    "review": "wizard_review",
} | PAGE_OF_FORM
BEFORE = {
    "case": "wizard_patient_edit",
    "details": "wizard_providers",
    "delivery": "wizard_details",
    "payment": "wizard_authorization",
}


@require_POST
@with_draft
def autosave(request, batch, form):
    """Keep what is being typed, valid or not. 409 for a page that was left behind, or too much text."""
    if form not in FORMS:
        raise Http404
    if not keep_typed(request, batch, form):
        return HttpResponse(status=409)
    return HttpResponse(status=204)


@require_POST
@with_draft
def save_and_exit(request, batch, form):
    _save(request, batch, form)
    messages.success(request, _("Draft saved."))
    return redirect("home")


@require_POST
@with_draft
def save_and_continue(request, batch, form):
    _save(request, batch, form)
    messages.success(request, _("Draft saved."))
    return redirect(PAGES[form], batch.pk)


@require_POST
@with_draft
def back(request, batch, form):
    """To the page before, without losing what stands on this one."""
    if form not in BEFORE:
        raise Http404
    _save(request, batch, form)
    return redirect(BEFORE[form], batch.pk)


@require_POST
@with_draft
def discard(request, batch, form):
    """Give up what was typed into one form and not taken over."""
    if form not in FORMS:
        raise Http404
    keeping.settle(form, **keeping.place(batch, request.member))
    return redirect(PAGES[form], batch.pk)


@require_safe
@with_draft
def resume(request, batch):
    """Take up a draft where it was left."""
    return redirect(Draft(batch).next_url)


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delete(request, batch):
    """Delete a draft with all its files; asked first."""
    if request.method == "POST":
        choosing.delete(batch, by=request.member)
        messages.success(request, _("The draft was deleted."))
        return redirect("wizard_start")
    return render(request, "requests_app/intake/delete_draft.html", {"batch": batch})


def _save(request, batch, name):
    """Take the form over if it is valid; else keep it as it was typed."""
    if name not in PAGES:
        raise Http404
    if name not in FORMS:
        return
    form = FORMS[name](Draft(batch), request.member, request.POST)
    if form.is_valid():
        keeping.take_over(form, batch, by=request.member)
    else:
        keep_typed(request, batch, name)
