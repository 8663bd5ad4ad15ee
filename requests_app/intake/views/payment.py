from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from audit.models import MoveRefused
from requests_app.intake import estimating
from requests_app.intake.draft import DETAILS, ESTIMATE, PAYMENT, Draft
from requests_app.intake.editing import with_draft
from requests_app.intake.views.pages import form_page, page


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def payment(request, batch):
    """By check, or by which card."""
    return form_page(
        request, batch, step=PAYMENT, name="payment", template="payment.html", after="wizard_estimate"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@with_draft
def estimate(request, batch):
    """The estimate with its breakdown; going on to the review approves it."""
    status = 200
    if request.method == "POST":
        try:
            estimating.approve(batch, by=request.member, seen=request.POST.get("seen", ""))
            return redirect("wizard_review", batch.pk)
        except MoveRefused as refusal:
            messages.error(request, str(refusal))
            status = 422
    draft = Draft(batch)
    if not draft.is_done[DETAILS]:
        return redirect("wizard_details", batch.pk)
    found = estimating.estimates(draft)
    context = {
        "estimates": found,
        "total": estimating.total(found),
        "usually": estimating.total_range(found),
    }
    return page(request, draft, ESTIMATE, "estimate.html", status=status, **context)
