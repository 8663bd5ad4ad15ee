from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Member, Permission, Standing
from accounts.onboarding.forms import ReplyForm
from accounts.onboarding.steps import onward, page
from audit.models import MoveRefused


@require_safe
@login_required
def standing(request):
    """Why an organization can't work now, what happens next, and who can do something about it (product 2.5)."""
    if request.member is None or request.member.organization.works:
        return onward(request)
    return _shown(request, ReplyForm())


@require_POST
@login_required
def apply_again(request):
    """Answer a rejection; ops look again."""
    member = request.member
    if member is None or not member.holds(Permission.MANAGE_ORGANIZATION):
        raise PermissionDenied
    form = ReplyForm(request.POST)
    if not form.is_valid() and member.organization.standing == Standing.REJECTED:
        return _shown(request, form, status=422)
    try:
        member.organization.apply_again(by=member, reply=form.cleaned_data.get("reply", ""))
    except IntegrityError:  # at the same moment somebody else founded one under their mail domain
        raise MoveRefused(
            _("Somebody set up another organization of yours meanwhile. Write to us.")
        ) from None
    return onward(request)


def _shown(request, form, status=200):
    organization = request.member.organization
    return page(
        request,
        "standing",
        status=status,
        form=form,
        organization=organization,
        kind=organization.kind,
        managers=Member.objects.who_manage(organization),
        may_answer=request.member.holds(Permission.MANAGE_ORGANIZATION),
        step="approval" if organization.is_provider else "",
    )
