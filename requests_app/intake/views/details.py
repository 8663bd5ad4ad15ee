from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from requests_app.intake import keeping
from requests_app.intake.draft import DETAILS, Draft
from requests_app.intake.editing import editing, with_draft
from requests_app.intake.forms import Specifications
from requests_app.intake.specifying import specify
from requests_app.intake.views.pages import form_page, keep_typed, onwards, page, with_query


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def details(request, batch):
    """What each custodian is asked for."""
    if not batch.record_requests.exists():
        return redirect("wizard_providers", batch.pk)
    return form_page(
        request, batch, step=DETAILS, name="details", template="details.html", after="wizard_delivery"
    )


@require_POST
@with_draft
def specify_one(request, batch, public_id):
    """ "Next": take over one custodian's part, and open the next that has none."""
    draft = Draft(batch)
    form, chosen = _chosen(request, draft, public_id)
    keep_typed(request, batch, form.name)
    if not chosen.is_valid():
        return _told_what_is_wrong(request, draft, form, public_id)
    with editing(batch) as held:
        if specify(chosen.record_request, chosen.wish, by=request.member):
            held.withdraw_estimate()
    left = [one for one in draft.record_requests if not one.is_specified]
    if not left and form.is_valid():
        keeping.take_over(form, batch, by=request.member)
        return onwards(request, batch, "wizard_delivery")
    following = left[0].public_id if left else public_id
    query = f"open={following}" + ("&edit=1" if "edit" in request.GET else "")
    return redirect(with_query("wizard_details", batch.pk, query=query) + f"#r-{following}")


@require_POST
@with_draft
def apply_to_all(request, batch, public_id):
    """ "Apply Selections to All Providers": services go by their kind, to whoever offers them."""
    draft = Draft(batch)
    form, chosen = _chosen(request, draft, public_id)
    if not chosen.is_valid():
        keep_typed(request, batch, form.name)
        return _told_what_is_wrong(request, draft, form, public_id)
    with editing(batch) as held:
        for record_request in draft.record_requests:
            wish, left = chosen.wish.for_custodian(record_request.custodian)
            if specify(record_request, wish, by=request.member):
                held.withdraw_estimate()
            if left:
                said = {"name": record_request.custodian.name, "services": ", ".join(left)}
                messages.warning(request, _("%(name)s doesn't offer: %(services)s.") % said)
        keeping.settle(form.name, **keeping.place(held, request.member))
    messages.success(request, _("The selections were applied to all providers."))
    return redirect(with_query("wizard_details", batch.pk, query="edit=1" if "edit" in request.GET else ""))


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def delivery(request, batch):
    """How the records come back, and why they are asked for."""
    return form_page(
        request, batch, step=DETAILS, name="delivery", template="delivery.html", after="wizard_authorization"
    )


def _chosen(request, draft, public_id):
    form = Specifications(draft, request.member, request.POST)
    chosen = form.of(public_id)
    if chosen is None:
        raise Http404
    return form, chosen


def _told_what_is_wrong(request, draft, form, public_id):
    """Only the errors of the custodian that was being filled in; the others weren't asked yet."""
    for other in form.forms:
        if other.record_request.public_id != public_id:
            other._errors = type(other.errors)()
    return page(request, draft, DETAILS, "details.html", form=form, form_name=form.name, status=422)
