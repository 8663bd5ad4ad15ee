"""What several columns show alike."""

from html import escape

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from requests_app.models import State
from requests_app.reasons import IncompleteReason

NOTHING = "–"


def drawn(pattern, *parts):
    """`pattern` with its parts, each escaped unless it was drawn itself: `format_html` in a third of the time."""
    return SafeString(
        pattern.format(*[part if isinstance(part, SafeString) else escape(str(part)) for part in parts])
    )


def plain(text):
    return drawn("<span>{}</span>", text or NOTHING)


def two_lines(first, second, css=""):
    """A line, and a quieter one below it."""
    return drawn('<span>{}</span><div class="small muted {}">{}</div>', first, css, second)


def patient(row):
    return two_lines(row.patient.full_name, f"{row.patient.birth_date:%m/%d/%Y}", "num")


def request_id(row):
    """The ID as a link; with what is urgent or new below it, where the row knows (`is_unread`)."""
    link = drawn('<a class="num nowrap" href="{}">{}</a>', row.get_absolute_url(), row)
    if getattr(row, "is_unread", False):
        link += drawn('<div class="small"><span class="badge info">{}</span></div>', _("New message"))
    if getattr(row, "is_refunding", False):
        link += drawn('<div class="small">{}</div>', _("Refund requested"))
    if row.is_rush:
        link += drawn('<div class="small is-late">{}</div>', _("Rush"))
    return link


def status(row):
    pill = drawn('<span class="pill st-{}">{}</span>', row.state, State(row.state).label)
    if row.awaiting_signature:
        return pill + drawn('<div class="small muted">{}</div>', _("Awaiting signature"))
    if row.state == State.INCOMPLETE and row.incomplete_reason:
        reason = IncompleteReason(row.incomplete_reason).label
        return pill + drawn('<div class="small muted">{}</div>', reason)
    return pill


def day(moment):
    return plain(moment and date_format(timezone.localtime(moment), "M j, Y"))


def moment(at, form):
    at = timezone.localtime(at)
    return drawn('<time datetime="{}">{}</time>', at.isoformat(timespec="seconds"), date_format(at, form))
