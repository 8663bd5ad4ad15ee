"""How often somebody may try, from one place or for one thing: ACCOUNT_RATE_LIMITS, for views of our own."""

import math
import time

# The public functions of the library count no GET, and tell nobody how long to wait.
from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.utils.translation import ngettext

APP = "allauth.account"


def may_try(request, action):
    """Count this try; False once there were too many."""
    usage = ratelimit.consume(request, app=APP, action=action, limit_get=True)
    return usage is not None


def counted(request, action, keys):
    """Count a try for each of `keys`: the usages, to be rolled back where it did no harm, or None for too many."""
    usages = [ratelimit.consume(request, app=APP, action=action, key=key, limit_get=True) for key in keys]
    return None if None in usages else usages


def seconds_left(request, action, key=None):
    """Seconds until somebody may try again; 0 when they may now. Without `key`, those of the place and person alone."""
    waits = [0]
    for rate in ratelimit.get_rates(app=APP, action=action):
        if (rate.per == "user" and not request.user.is_authenticated) or (rate.per == "key" and key is None):
            continue
        history = cache.get(ratelimit.get_cache_key(request, app=APP, action=action, rate=rate, key=key), [])
        if len(history) >= rate.amount:
            waits.append(math.ceil(history[rate.amount - 1] + rate.duration - time.time()))
    return max(waits)


def in_a_moment(seconds):
    """How long whoever waits for a code must wait to get another, in a sentence."""
    if seconds <= 60:
        return ngettext(
            "A code went there less than a minute ago. You can send a new one in %(count)s second.",
            "A code went there less than a minute ago. You can send a new one in %(count)s seconds.",
            seconds,
        ) % {"count": seconds}
    minutes = -(-seconds // 60)
    return ngettext(
        "Many codes went there already. You can send a new one in %(count)s minute.",
        "Many codes went there already. You can send a new one in %(count)s minutes.",
        minutes,
    ) % {"count": minutes}
