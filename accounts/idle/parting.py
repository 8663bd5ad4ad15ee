"""What a session leaves behind when it is signed out for idleness: who it was, and what they were sending.

It lies in the anonymous session that follows, sealed, for half an hour, for that person alone (product 2.12).
"""

import json
import re
import secrets
import time
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import logout
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.idle.clock import SEEN_AT
from documents.crypto import Unreadable, seal, unseal

KEY = "idle"
LASTS = 30 * 60  # seconds
# Other tabs part right after the first one, from the session that is anonymous by then.
TOGETHER = 2 * 60
MOST_BYTES = 100_000  # of everything kept for one person
# Sent back by the page that offers it, so that it is known to be used.
RESUMED = "resumed"
NEVER_KEPT = re.compile(rf"csrf|passw|secret|token|credential|^code$|^otp$|^{RESUMED}$", re.IGNORECASE)


@dataclass(frozen=True)
class Kept:
    """One form that was being sent: `fields` are pairs of a name and its value."""

    id: str
    path: str
    fields: list
    had_files: bool
    was_sent: bool
    kept_at: float

    @property
    def at(self):
        return datetime.fromtimestamp(self.kept_at, tz=timezone.get_current_timezone())

    @property
    def words(self):
        return in_words(self.fields)


def sign_out(request, limit):
    """End the session; the one that follows knows for a while whose it was."""
    person_id = request.user.pk
    logout(request)
    request.member, request.memberships = None, []
    timezone.deactivate()
    request.session[KEY] = {
        "person": person_id,
        "at": time.time(),
        "minutes": max(1, limit // 60),
        "kept": [],
    }


def left_by(request):
    """What the session before this one left, or None."""
    left = request.session.get(KEY)
    if left and time.time() - left["at"] > LASTS:
        del request.session[KEY]
        return None
    return left


def keep(request, *, was_sent):
    """Keep the form of this POST: True, or None where nothing is worth it, or False where it can't be.

    No files, passwords, codes or tokens; nothing of the sign-in pages; and only from a session that was signed out
    just now, so that nobody can lay anything there for somebody to find.
    """
    left, fields = left_by(request), worth_keeping(request)
    if not left or not fields:
        return None
    if time.time() - left["at"] > TOGETHER:
        return _lost(request, left)
    said = {
        "path": request.get_full_path(),
        "fields": fields,
        "had_files": bool(request.FILES),
        "was_sent": was_sent,
        "kept_at": time.time(),
    }
    text, key = json.dumps(said), secrets.token_urlsafe(12)
    if len(text) + sum(len(one["sealed"]) for one in left["kept"]) > MOST_BYTES:
        return _lost(request, left)
    sealed = b64encode(seal(text, _place(left["person"], key))).decode()
    left["kept"].append({"id": key, "sealed": sealed})
    request.session.modified = True
    return True


def worth_keeping(request):
    """The fields of this POST as pairs, without passwords, codes and tokens; none of the sign-in pages."""
    if _is_about_signing_in(request.path):
        return []
    return [
        (name, value)
        for name, values in request.POST.lists()
        if not NEVER_KEPT.search(name)
        for value in values
    ]


def in_words(fields):
    """What was written in words, to be read again: the rest are choices and dates."""
    typed = [value for name, value in fields if not name.startswith("initial-")]  # what a page showed before
    return [value for value in typed if len(value) >= 20 and " " in value.strip()]


def _lost(request, left):
    left["lost"] = request.session.modified = True  # the sign-in page says so
    return False


def kept_for(request):
    """What this person was sending, oldest first. Nobody else ever gets it, not even the number of it."""
    left = left_by(request)
    if not left or not request.user.is_authenticated or left["person"] != request.user.pk:
        return []
    return [one for one in (_opened(row, left["person"]) for row in left["kept"]) if _is_ours(one, request)]


def drop(request, key):
    """Forget one; it was sent again, or is not to be."""
    left = left_by(request)
    if not left:
        return
    left["kept"] = [one for one in left["kept"] if one["id"] != key]
    request.session.modified = True
    if not left["kept"]:
        del request.session[KEY]


@receiver(user_logged_in)
def somebody_came(sender, request, user, **kwargs):
    """Whoever signs in begins a new time; what somebody else left here goes."""
    session = getattr(request, "session", None)
    if session is None:
        return
    session[SEEN_AT] = time.time()
    left = session.get(KEY)
    if left and (left["person"] != user.pk or not left["kept"] or time.time() - left["at"] > LASTS):
        del session[KEY]


def _opened(row, person_id):
    try:
        return Kept(
            id=row["id"], **json.loads(unseal(b64decode(row["sealed"]), _place(person_id, row["id"])))
        )
    except Unreadable:
        return None


def _is_ours(kept, request):
    return kept is not None and url_has_allowed_host_and_scheme(kept.path, allowed_hosts=None)


def _place(person_id, key):
    return f"idle/{person_id}/{key}"


def _is_about_signing_in(path):
    signing_in = reverse("account_login").removesuffix("login/")
    return path.startswith((signing_in, reverse("account_login"), reverse("admin:login")))
