"""How long somebody has been away, and how long they may be (product 2.12). All in seconds."""

import time

from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError

from accounts.models import Kind

SEEN_AT = "seen_at"
# The session is written at most this often: whoever clicks all the time costs no more than one write in it.
GRAIN = 30


def limit_of(person, member):
    """Seconds without a click. Who acts for their household is a patient; ops and all others are professionals."""
    kind = member.organization.kind if member else person.signed_up_as
    is_patient = kind == Kind.HOUSEHOLD and not person.is_staff
    return settings.IDLE_PATIENT if is_patient else settings.IDLE_PROFESSIONAL


class Clock:
    """What `request.idle` tells of a signed-in session at this moment."""

    def __init__(self, session, limit):
        self.session, self.limit, self.now = session, limit, time.time()
        seen_at = session.get(SEEN_AT)
        self.is_new = seen_at is None or seen_at > self.now + GRAIN  # or the machine's clock was set back
        self.seen_at = self.now if self.is_new else seen_at

    @property
    def is_over(self):
        return self.now - self.seen_at > self.limit

    @property
    def left(self):
        """Seconds until this session is signed out, unless somebody clicks."""
        return max(0, int(self.limit - (self.now - self.seen_at)))

    @property
    def warning(self):
        return settings.IDLE_WARNING

    def touch(self, ago):
        """Somebody clicked or typed `ago` seconds before now; False where the session has ended meanwhile."""
        touched_at = self.now - ago
        if not self.is_new and touched_at - self.seen_at < min(GRAIN, self.limit / 20):
            return True
        self.seen_at = touched_at
        return write_now(self.session, SEEN_AT, self.seen_at)


def write_now(session, key, value):
    """Write one thing into the session at once; False where it has ended meanwhile, in another tab.

    Not with the answer: a slow answer would write back what another tab has changed meanwhile.
    """
    was_modified = session.modified
    session[key] = value
    try:
        session.save()
    except UpdateError:
        return False
    finally:
        session.modified = was_modified
    return True
