import uuid

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import for_member
from accounts.models import Permission
from requests_app.intake import keeping
from requests_app.intake.arriving import asked_at, choose_at
from requests_app.intake.draft import PATIENT, steps_before_a_draft
from requests_app.intake.editing import with_draft
from requests_app.intake.forms import PatientForm
from requests_app.intake.views.pages import form_page
from requests_app.models import Batch, KeptInput
from requests_app.models.kept_input import TooMuchTyped

DRAFTS_SHOWN = 10
may_ask = for_member(Permission.MAKE_REQUESTS)


@require_safe
@may_ask
def start(request):
    """What will be asked, and the drafts that wait to be finished."""
    drafts = Batch.objects.visible_to(request.member).filter(submitted_at__isnull=True)
    begun = _first_pages(request.member).pending()
    context = {
        "new_key": uuid.uuid4(),
        "at": asked_at(request.GET),
        "drafts": drafts.select_related("patient", "owner").order_by("-updated_at")[:DRAFTS_SHOWN],
        "begun": begun.order_by("-kept_at")[:DRAFTS_SHOWN],
    }
    return render(request, "requests_app/intake/start.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@may_ask
def patient(request, key):
    """The first page of a new draft. Its address holds the key, so going back to it finds what it made."""
    batch = Batch.objects.filter(key=key).first()
    if batch:
        if batch.organization_id != request.member.organization_id:
            raise Http404
        return redirect("wizard_case" if request.method == "POST" else "wizard_patient_edit", batch.pk)
    place = _place(request.member, key)
    if request.method == "POST":
        form = PatientForm(None, request.member, request.POST)
        if form.is_valid():
            batch = _begin(form, request.member, key)
            choose_at(request, batch)
            return redirect("wizard_case", batch.pk)
        _keep(request, place)
        return _show(request, key, form, status=422)
    typed = keeping.typed_into(PatientForm.name, **place)
    left = PatientForm.resumed(None, request.member, typed) if typed else PatientForm(None, request.member)
    form = left.for_query(request.GET)
    return _show(request, key, form, is_resumed=bool(typed) and form is left)


@require_POST
@may_ask
def autosave(request, key):
    """Keep what was typed before there is a draft."""
    return HttpResponse(status=204 if _keep(request, _place(request.member, key)) else 409)


@require_POST
@may_ask
def discard(request, key):
    """Forget what was typed into a first page that was never finished."""
    _first_pages(request.member).filter(key=key).delete()
    return redirect("wizard_start")


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def patient_edit(request, batch):
    return form_page(
        request,
        batch,
        step=PATIENT,
        name="patient",
        template="patient.html",
        after="wizard_case",
        shown=lambda form: form.for_query(request.GET),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def case(request, batch):
    return form_page(
        request, batch, step=PATIENT, name="case", template="case.html", after="wizard_providers"
    )


def _first_pages(member):
    """What this person typed into first pages that never became a draft."""
    typed = KeptInput.objects.filter(person=member.person_id, organization=member.organization_id)
    return typed.filter(form=PatientForm.name).exclude(key__in=Batch.objects.values("key"))


def _place(member, key):
    return {"organization_id": member.organization_id, "key": key, "person_id": member.person_id}


def _keep(request, place):
    try:
        keeping.keep(PatientForm.name, request.POST, **place)
    except (keeping.FromAnOlderPage, TooMuchTyped):
        return False
    return True


def _begin(form, member, key):
    """The draft of this key; the second of two clicks finds what the first one made."""
    with transaction.atomic():
        keeping.settle(PatientForm.name, **_place(member, key))  # its row makes the second click wait
        batch = Batch.objects.filter(key=key, organization=member.organization_id).first()
        if batch is None:
            batch = Batch.objects.create(
                key=key,
                organization=member.organization,
                owner=member.person,
                patient=form.create(member.organization),
            )
    return batch


def _show(request, key, form, *, is_resumed=False, status=200):
    typed = (
        request.POST
        if request.method == "POST"
        else keeping.typed_into(PatientForm.name, **_place(request.member, key))
    )
    context = {
        "key": key,
        "at": asked_at(typed or {}) or asked_at(request.GET),
        "form": form,
        "form_name": PatientForm.name,
        "steps": steps_before_a_draft(),
        "step": PATIENT,
        "is_resumed": is_resumed,
    }
    return render(request, "requests_app/intake/patient.html", context, status=status)
