"""Where a person goes when something is done: back to the page of ours that they came from, and nowhere else."""

from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request, default="home", *, said=None):
    """The address in the form's or the query's `next` (or `said`) if it is one of ours, else the page `default`."""
    if said is None:
        said = request.POST.get("next") or request.GET.get("next") or ""
    hosts, secure = {request.get_host()}, request.is_secure()
    # A bare word counts as allowed, and `redirect` would take it for the name of a page, and fail.
    is_address = said.startswith(("/", "http"))
    if is_address and url_has_allowed_host_and_scheme(said, allowed_hosts=hosts, require_https=secure):
        return said
    return reverse(default)
