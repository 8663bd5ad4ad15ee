"""A search names a patient, and browsers keep addresses: there it stands sealed (product 11.3)."""

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import wraps

from django.http import Http404, QueryDict
from django.shortcuts import redirect

from documents.crypto import Unreadable, seal, unseal

SEALED = "find"
NAMING = ("q", "patient", "case")
LONGEST = 200


def searched_by_post(view):
    """The search of a list is posted, and leads to the list with what was typed sealed in its address."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        return redirect(f"{request.path}?{_address(request).urlencode()}")

    return answered


def said(request):
    """What is asked for, as a form takes its data: the query with what is sealed in it opened.

    Raises Http404 for what was sealed elsewhere: another organization's address finds nothing here.
    """
    asked = request.GET.copy()
    sealed = asked.pop(SEALED, [""])[-1]
    if sealed:
        asked.update(_opened(sealed, request.member))
    return asked


def _address(request):
    asked = QueryDict(mutable=True)
    naming = {}
    for name, values in request.POST.lists():
        typed = [value for value in values if value]
        if name in NAMING and typed:
            naming[name] = typed[-1][:LONGEST]
        elif name not in NAMING and name != "csrfmiddlewaretoken" and typed:
            asked.setlist(name, typed)
    if naming:
        sealed = seal(json.dumps(naming), _place(request.member))
        asked[SEALED] = urlsafe_b64encode(sealed).decode().rstrip("=")
    return asked


def _opened(sealed, member):
    try:
        content = urlsafe_b64decode(sealed.encode() + b"=" * (-len(sealed) % 4))
        return json.loads(unseal(content, _place(member)))
    except (Unreadable, UnicodeError, binascii.Error, ValueError):
        raise Http404 from None


def _place(member):
    return f"search/{member.organization_id}"
