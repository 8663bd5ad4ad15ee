"""The Clinical Reviewer of a practice: one member, or nobody."""

from django.contrib import messages
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Permission
from audit.models import MoveRefused
from chartrequest.forms.pages import form_page
from directory.organization.access import manages_practice
from requests_app import clinical
from requests_app.organization.forms import ReviewerForm


@require_http_methods(["GET", "HEAD", "POST"])
@manages_practice
def clinical_reviewer(request):
    organization = request.member.organization

    def keep(form):
        choose(organization, form.chosen, by=request.member)
        messages.success(request, _("Saved."))

    form = ReviewerForm(organization, request.POST if request.method == "POST" else None)
    return form_page(
        request,
        "requests_app/organization/clinical_reviewer.html",
        form,
        keep,
        after="my_organization",
        vacant=clinical.is_vacant(organization),
    )


def choose(organization, member, *, by):
    """Make `member` the Clinical Reviewer, or nobody (None). Twice changes nothing.

    Reviews under way need the new one's sign-off, unless they are signed off already. Raises MoveRefused for
    who can't review pages, NotPermitted.
    """
    with organization.held(by=by, permission=Permission.MANAGE_ORGANIZATION) as (held, by):
        fresh = member.fresh() if member else None
        if member and (fresh is None or not clinical.can_be(fresh, held)):
            raise MoveRefused(_("This person can't review pages any more. Choose another one."))
        if held.clinical_reviewer_id == (fresh.pk if fresh else None):
            return
        held.clinical_reviewer = fresh
        held.save(update_fields=["clinical_reviewer"])
        if fresh:
            held.record("clinical_reviewer_chosen", by=by, member=fresh.pk)
        else:
            held.record("clinical_reviewer_cleared", by=by)
    organization.clinical_reviewer = fresh
