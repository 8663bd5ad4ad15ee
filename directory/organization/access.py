from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.membership.access import of_organization
from accounts.models import Permission
from directory.models import Custodian

manages_practice = of_organization(Permission.MANAGE_ORGANIZATION, providers=True)


def manages_requestor(view):
    """The view needs a member who manages an organization of requestors; a practice has no such page."""

    @wraps(view)
    def found(request, *args, **kwargs):
        if request.member and request.member.organization.is_provider:
            raise Http404
        return _manages(view)(request, *args, **kwargs)

    return found


_manages = of_organization(Permission.MANAGE_ORGANIZATION)


def with_place(view):
    """Hand the view a place of the acting member's own practice, which they manage; any other is 404."""

    @manages_practice
    @wraps(view)
    def found(request, place_id, **kwargs):
        places = Custodian.objects.filter(organization=request.member.organization_id)
        return view(request, get_object_or_404(places.select_related("organization"), pk=place_id), **kwargs)

    return found
