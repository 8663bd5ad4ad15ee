from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from requests_app import duplicates, turnaround
from requests_app.access import with_batch
from requests_app.duplicates import MayBeDuplicate
from requests_app.intake import estimating, submitting
from requests_app.intake.draft import ESTIMATE, Draft
from requests_app.intake.editing import with_draft
from requests_app.intake.views.pages import page


@require_safe
@with_draft
def review(request, batch):
    """All that was given, part by part, each with its "Edit"; and what is still missing."""
    draft = Draft(batch)
    found = estimating.estimates(draft)
    context = {
        "estimates": found,
        "total": estimating.total(found),
        "missing": [step for step in draft.steps() if not step.is_done],
    }
    return page(request, draft, ESTIMATE, "review.html", **context)


@require_http_methods(["GET", "HEAD", "POST"])
@with_batch
def submit(request, batch):
    """Asked first; then everything goes its way at once. A second time shows what the first one did."""
    if request.method == "POST":
        try:
            submitting.submit(batch, by=request.member)
        except MayBeDuplicate:
            return redirect("wizard_duplicates", batch.pk)
        return redirect("wizard_done", batch.pk)
    if batch.submitted_at:
        return redirect("wizard_done", batch.pk)
    draft = Draft(batch)
    if duplicates.questions(draft):
        return redirect("wizard_duplicates", batch.pk)
    context = {
        "batch": batch,
        "draft": draft,
        "waiting": [one for one in draft.record_requests if _waits(one)],
    }
    return render(request, "requests_app/intake/submit.html", context)


@require_safe
@with_batch
def done(request, batch):
    """One ID for each custodian, and what happens next."""
    if not batch.submitted_at:
        return redirect("wizard_review", batch.pk)
    draft = Draft(batch)
    context = {
        "batch": batch,
        "record_requests": draft.record_requests,
        "waiting": [one for one in draft.record_requests if one.awaiting_signature],
        "has_rush": any(one.is_rush for one in draft.record_requests),
        "has_regular": any(not one.is_rush for one in draft.record_requests),
        "days": turnaround.IN_NETWORK_DAYS,
        "rush_hours": turnaround.RUSH_HOURS,
    }
    return render(request, "requests_app/intake/done.html", context)


def _waits(record_request):
    return record_request.paper is not None and not record_request.paper.is_given
