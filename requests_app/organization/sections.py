"""Parts of a practice's "My Organization" that its reviews and its desk live by, and how their events are told."""

from django.utils.translation import gettext_lazy as _

from accounts import sections
from accounts.membership import history
from accounts.membership.sections import is_practice
from accounts.models import Permission
from accounts.sections import ORGANIZATION
from requests_app import clinical
from requests_app.models import ChecklistItem, WalkInRequestor


def of_the_desk(member):
    """Who comes often is for those who know them: the desk, and whoever keeps the list."""
    known = member.may(Permission.MANAGE_WALK_INS) or member.may(Permission.MANAGE_ORGANIZATION)
    return is_practice(member) and known


def _may_edit(request):
    return {"may_edit": request.member.may(Permission.MANAGE_ORGANIZATION)}


def _checklist(request):
    return {"lines": ChecklistItem.objects.of(request.member.organization), **_may_edit(request)}


def _reviewer(request):
    organization = request.member.organization
    chosen = organization.clinical_reviewer
    return {
        "reviewer": clinical.reviewer_of(organization),
        "vacant": clinical.is_vacant(organization),
        "was": chosen.person.full_name if chosen else "",
        **_may_edit(request),
    }


def _walk_ins(request):
    return {"walk_ins": WalkInRequestor.objects.of(request.member.organization), **_may_edit(request)}


def _add(order, name, template, facts, shown=is_practice):
    path = f"requests_app/organization/{template}"
    sections.add(ORGANIZATION, order, name, path, facts=facts, shown=shown)


_add(30, _("Review checklist"), "_checklist.html", _checklist)
_add(35, _("Clinical Reviewer"), "_reviewer.html", _reviewer)
_add(40, _("Frequent walk-in requestors"), "_walk_ins.html", _walk_ins, of_the_desk)

history.tell_of(
    {
        "checklist_line_added": _("added to the review checklist: “%(line)s”"),
        "checklist_line_renamed": _("changed the review checklist: “%(before)s” is “%(line)s” now"),
        "checklist_line_moved": _("changed the order of the review checklist: “%(line)s”"),
        "checklist_line_removed": _("removed from the review checklist: “%(line)s”"),
        "clinical_reviewer_chosen": _("made %(whom)s the Clinical Reviewer"),
        "clinical_reviewer_cleared": _("chose to have no Clinical Reviewer"),
        "walk_in_added": _("added a frequent walk-in requestor"),
        "walk_in_changed": _("changed a frequent walk-in requestor: %(fields)s"),
        "walk_in_removed": _("removed a frequent walk-in requestor"),
    }
)
