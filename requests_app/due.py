"""When an answer is due, in words: "Today 16:40", "Tomorrow", "Nov 27"."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chartrequest.days import business_day
from requests_app.models.states import WITH_CUSTODIAN, State
from requests_app.turnaround import RUSH_HOURS


@dataclass(frozen=True)
class Due:
    """The words, and how urgent they are: "late", "soon" or "" (a class of the page)."""

    words: str
    urgency: str = ""


def due(record_request, now=None):
    """When the custodian's answer is due; the hour is told in the zone that is active.

    Only what waits for the custodian is due.
    """
    if record_request.state not in WITH_CUSTODIAN or not record_request.due_on:
        return Due(_("With the requestor") if record_request.state == State.INCOMPLETE else "–")
    today = business_day(now)
    days = (record_request.due_on - today).days
    if days < 0:
        late = ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}
        return Due(f"{date_format(record_request.due_on, 'M j')} · {late}", "late")
    if days == 0:
        return Due(" ".join([_("Today"), *_hour(record_request)]), "late")
    if days == 1:
        return Due(" ".join([_("Tomorrow"), *_hour(record_request)]), "soon")
    is_near = record_request.due_on.year == today.year
    return Due(date_format(record_request.due_on, "M j" if is_near else "M j, Y"))


def _hour(record_request):
    """Rush is promised in hours: the time of day, where the clock hasn't begun anew since the request came in."""
    if not record_request.is_rush or not record_request.submitted_at:
        return []
    at = record_request.submitted_at + timedelta(hours=RUSH_HOURS)
    return [date_format(timezone.localtime(at), "H:i")] if business_day(at) == record_request.due_on else []
