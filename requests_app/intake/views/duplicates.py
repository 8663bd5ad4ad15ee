""" "You may have requested this already": asked for each custodian before anything is submitted (product 1.11)."""

from dataclasses import replace

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from audit.models import MoveRefused
from requests_app import duplicates
from requests_app.intake.draft import ESTIMATE, Draft
from requests_app.intake.editing import asked_or_404, editing, with_draft
from requests_app.intake.specifying import specify, wish_of
from requests_app.intake.views.pages import page

CHANGED = gettext_lazy("Something changed while you were looking. Nothing was taken over: look again.")


@require_safe
@with_draft
def already_requested(request, batch):
    """Each custodian that was asked before, with the earlier requests and what one can do about it."""
    draft = Draft(batch)
    asked = duplicates.questions(draft)
    if not asked:
        return redirect("wizard_review", batch.pk)
    return page(request, draft, ESTIMATE, "duplicates.html", questions=asked)


@require_POST
@with_draft
def go_on(request, batch, public_id):
    """It is wanted all the same: kept, and never asked again of these requests."""
    with editing(batch) as held:
        question = _question(held, public_id)
        if question:
            duplicates.go_on(question, by=request.member)
    return _next(batch)


@require_POST
@with_draft
def only_missing(request, batch, public_id):
    """Ask only for the days that the earlier requests don't cover; the estimate is approved anew then."""
    with editing(batch) as held:
        question = _question(held, public_id)
        if question is None or question.missing is None:
            raise MoveRefused(str(CHANGED))
        dates, start, end = question.missing.dates
        wish = replace(wish_of(question.record_request), dates=dates, dates_from=start, dates_to=end)
        if specify(question.record_request, wish, by=request.member):
            held.withdraw_estimate()
    said = {"name": question.record_request.custodian}  # no dates: a message may wait in a cookie
    messages.success(request, _("%(name)s is asked only for the dates that were missing.") % said)
    return _next(batch)


def _question(held, public_id):
    asked_or_404(held, public_id)
    asked = duplicates.questions(Draft(held))
    return next((one for one in asked if one.record_request.public_id == public_id), None)


def _next(batch):
    """The next question; then what is still to do, at last "Submit Request"."""
    draft = Draft(type(batch).objects.get(pk=batch.pk))
    if duplicates.questions(draft):
        return redirect("wizard_duplicates", batch.pk)
    if all(draft.is_done.values()):
        return redirect("wizard_submit", batch.pk)
    return redirect(draft.next_url)
