from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.middleware import SESSION_KEY


@login_required
@require_POST
def act_for(request):
    """Act for another of one's organizations from here on."""
    chosen = request.POST.get("member", "")
    for member in request.memberships:
        if str(member.pk) == chosen:
            request.session[SESSION_KEY] = member.pk
            return redirect("home")
    raise Http404
