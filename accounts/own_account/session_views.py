from allauth.usersessions import views as library
from allauth.usersessions.internal.flows.sessions import end_sessions
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.own_account import devices


class Sessions(library.ListUserSessionsView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        for one in context["sessions"]:
            one.device = devices.in_words(one.user_agent)
        context["sessions"].sort(key=lambda one: (not one.is_current(), -one.last_seen_at.timestamp()))
        return context


@require_POST
@login_required
def session_end(request, session_id):
    """End one of one's sessions; whoever sits there is out at the next click."""
    session = get_object_or_404(UserSession, pk=session_id, user=request.user)
    is_this_one = session.is_current()
    end_sessions(request, [session])
    if is_this_one:
        return redirect("account_login")
    messages.success(request, _("Ended: %(device)s.") % {"device": devices.in_words(session.user_agent)})
    return redirect("usersessions_list")
