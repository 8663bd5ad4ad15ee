"""A patient's own people (product 4.3). What was asked for them is shown by requests_app.tracking.dependents."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import for_patient
from accounts.dependents.access import with_dependent
from accounts.dependents.forms import DependentForm
from accounts.models import Dependent, Permission
from accounts.models.dependent import MOST_DEPENDENTS, ChangedMeanwhile
from audit.models import MoveRefused
from chartrequest.way_back import way_back

for_their_people = for_patient(Permission.MAKE_REQUESTS)


@require_safe
@for_their_people
def dependents(request):
    mine = list(Dependent.objects.of(request.member))
    context = {"dependents": mine, "most": MOST_DEPENDENTS, "is_full": len(mine) >= MOST_DEPENDENTS}
    return render(request, "accounts/dependents/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_their_people
def dependent_add(request):
    """Back to the list; or to the request that is being made, for whoever came from there."""
    back = way_back(request, "dependents")
    form = DependentForm(request.POST) if request.method == "POST" else DependentForm()
    if form.is_bound and form.is_valid():
        try:
            Dependent.add(by=request.member, **form.cleaned_data)
        except MoveRefused as refusal:
            form.refuse(refusal)
        else:
            messages.success(request, _("Added to your dependents."))
            return redirect(back)
    status = 422 if form.is_bound else 200
    return render(request, "accounts/dependents/add.html", {"form": form, "next": back}, status=status)


@require_safe
@with_dependent()
def dependent_details(request, dependent):
    return render(request, "accounts/dependents/details.html", {"dependent": dependent})


@require_http_methods(["GET", "HEAD", "POST"])
@with_dependent()
def dependent_edit(request, dependent):
    """`seen` says what the page showed: two pages never replace each other's changes unseen."""
    if request.method != "POST":
        form = DependentForm(initial=dependent.facts)
        return _show_edit(request, dependent, form, seen=dependent.version)
    form, seen = DependentForm(request.POST), request.POST.get("seen", "")
    if form.is_valid():
        try:
            dependent.change(by=request.member, seen=seen, **form.cleaned_data)
        except MoveRefused as refusal:
            form.refuse(refusal)
            if isinstance(refusal, ChangedMeanwhile):  # told now, so saving again is meant
                dependent.refresh_from_db()
                seen = dependent.version
        else:
            messages.success(request, _("Saved."))
            return redirect("dependent_details", dependent.pk)
    return _show_edit(request, dependent, form, seen=seen, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@for_their_people
def dependent_remove(request, dependent_id):
    """Ask, then remove. A second click finds it done."""
    everybody = Dependent.objects.ever_of(request.member)
    known = everybody if request.method == "POST" else Dependent.objects.of(request.member)
    dependent = known.filter(pk=dependent_id).first()
    if dependent is None:
        raise Http404
    if request.method == "POST":
        dependent.remove(by=request.member)
        messages.success(
            request, _("Removed from your dependents. Requests that were made stay as they are.")
        )
        return redirect("dependents")
    return render(request, "accounts/dependents/remove.html", {"dependent": dependent})


def _show_edit(request, dependent, form, *, seen, status=200):
    context = {"dependent": dependent, "form": form, "seen": seen}
    return render(request, "accounts/dependents/edit.html", context, status=status)
