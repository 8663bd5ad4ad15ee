"""How a view obtains a dependent: of the acting patient's own household, and not removed; else 404."""

from functools import wraps

from django.http import Http404

from accounts.access import for_patient
from accounts.models import Dependent, Permission


def with_dependent(permission=Permission.MAKE_REQUESTS):
    """Hand the view the dependent of its address."""

    def decorate(view):
        @for_patient(permission)
        @wraps(view)
        def found(request, dependent_id, **kwargs):
            try:
                return view(request, Dependent.objects.of(request.member).get(pk=dependent_id), **kwargs)
            except Dependent.DoesNotExist:  # also one that is removed while the view runs
                raise Http404 from None

        return found

    return decorate
