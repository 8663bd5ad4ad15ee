"""How a view obtains what it shows: 404 for what one may not see, 403 for what one may not do."""

from functools import wraps

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404

from requests_app import permissions
from requests_app.models import Batch, RecordRequest

RELATED = ["batch__owner", "batch__organization", "patient", "custodian", "custodian_organization", "thread"]


def with_record_request(verb=None, *, allowed=permissions.can_view, related=()):
    """Hand the view the request of its address, visible to the acting member and allowed.

    `verb` names the move the view makes, whose permission is asked; without one, `allowed(member, record_request)`
    is. The view is called as `view(request, record_request, …)`.
    """

    def decorate(view):
        @login_required
        @wraps(view)
        def found(request, public_id, **kwargs):
            record_request = _visible(
                RecordRequest.objects.select_related(*RELATED, *related), request, public_id=public_id
            )
            asked = getattr(RecordRequest, verb).permission if verb else allowed
            if not asked(request.member, record_request):
                raise PermissionDenied
            return view(request, record_request, **kwargs)

        return found

    return decorate


def with_batch(view):
    """Hand the view the batch of its address, of the acting member's own organization, who may make requests."""

    @login_required
    @wraps(view)
    def found(request, batch_id, **kwargs):
        batch = _visible(
            Batch.objects.select_related("patient", "organization", "owner", "card"), request, pk=batch_id
        )
        if not permissions.can_ask(request.member, batch):
            raise PermissionDenied
        return view(request, batch, **kwargs)

    return found


def _visible(queryset, request, **lookup):
    if request.member is None:
        raise Http404
    found = queryset.visible_to(request.member).filter(**lookup).first()
    if found is None:
        raise Http404
    return found
