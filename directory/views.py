from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from chartrequest.way_back import way_back
from directory.models import Custodian, Favorite


@require_POST
@login_required
def favorite_toggle(request, custodian_id):
    """Star a custodian, or take the star away; back to where it was clicked."""
    custodian = get_object_or_404(Custodian.objects.listed(), pk=custodian_id)
    Favorite.toggle(request.user, custodian)
    return redirect(way_back(request))
