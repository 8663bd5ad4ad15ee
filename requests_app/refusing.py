"""A move that comes too late leads to a page that can be shown now; going "back" could lead in circles."""

from functools import wraps

from django.contrib import messages
from django.shortcuts import redirect

from audit.models import MoveRefused


def refused_to(name):
    """Turn MoveRefused into its sentence on the page `name` of the request."""

    def decorate(view):
        @wraps(view)
        def guarded(request, record_request, **kwargs):
            try:
                return view(request, record_request, **kwargs)
            except MoveRefused as refusal:
                messages.error(request, str(refusal))
                return redirect(name, record_request.public_id)

        return guarded

    return decorate
