from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from audit.models import MoveRefused, NotPermitted
from chartrequest.way_back import way_back


class refusals:
    """A verb refuses by raising; here the refusal becomes a message and a way back, or a 403."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if isinstance(exception, NotPermitted):
            raise PermissionDenied
        if not isinstance(exception, MoveRefused):
            return None
        messages.error(request, str(exception))
        return redirect(way_back(request, said=request.headers.get("Referer", "")))
