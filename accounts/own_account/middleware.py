import time

from allauth.usersessions.models import UserSession
from django.utils import timezone, translation

from accounts.idle.clock import write_now

NOTED_AT = "noted_at"
BETWEEN_NOTES = 5 * 60


def their_language(get_response):
    """Who signed in reads in the language they chose, whatever the browser asks for."""

    def middleware(request):
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
        return get_response(request)

    return middleware


def last_seen(get_response):
    """Note when a session was last seen: at most every five minutes, so that reading writes nothing."""

    def middleware(request):
        if request.user.is_authenticated and request.session.session_key:
            now, noted_at = time.time(), request.session.get(NOTED_AT)
            if noted_at is None:  # just begun: signing in noted it
                write_now(request.session, NOTED_AT, now)
            elif now - noted_at >= BETWEEN_NOTES and write_now(request.session, NOTED_AT, now):
                mine = UserSession.objects.filter(session_key=request.session.session_key)
                mine.update(last_seen_at=timezone.now())
        return get_response(request)

    return middleware
