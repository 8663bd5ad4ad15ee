from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from directory.models import Custodian, Favorite


@require_POST
@login_required
def favorite_toggle(request, custodian_id):
    """Star a custodian, or take the star away; back to where it was clicked."""
    custodian = get_object_or_404(Custodian, pk=custodian_id)
    Favorite.toggle(request.user, custodian)
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "home"
    return redirect(back)
