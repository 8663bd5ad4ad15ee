"""Who gets to the pages of an organization of professionals; a household has none of them."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Permission
from accounts.sections import for_patients


def of_organization(*permissions, providers=False):
    """The view needs a member of professionals whose role holds one of `permissions` (none named: any member).

    With `providers` only those of a practice: whose pages these are not finds none.
    """

    def decorate(view):
        @login_required
        @wraps(view)
        def found(request, *args, **kwargs):
            member = request.member
            if member is None:
                raise PermissionDenied
            if for_patients(member) or (providers and not member.organization.is_provider):
                raise Http404
            if permissions and not any(member.may(one) for one in permissions):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return found

    return decorate


manages_users = of_organization(Permission.MANAGE_USERS)
manages_organization = of_organization(Permission.MANAGE_ORGANIZATION)
manages = of_organization(Permission.MANAGE_ORGANIZATION, Permission.MANAGE_USERS)
