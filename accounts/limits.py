"""How often somebody may try, from one place: the rates of ACCOUNT_RATE_LIMITS, for views of our own."""

# The public function of the library counts no GET, and following a link or asking for a status is one.
from allauth.core.internal import ratelimit


def may_try(request, action):
    """Count this try; False once there were too many."""
    usage = ratelimit.consume(request, app="allauth.account", action=action, limit_get=True)
    return usage is not None
