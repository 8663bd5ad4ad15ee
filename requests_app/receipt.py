"""The receipt of a delivery: what was ordered against what came (product 1.12)."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app.models import Outcome
from requests_app.reasons import RecordType

Kind = Outcome.Kind


@dataclass(frozen=True)
class Line:
    label: str
    ordered: str
    delivered: str


@dataclass(frozen=True)
class Receipt:
    """`lines` of ordered and delivered; `missing` and `why` in words where a part did not come."""

    lines: list
    missing: str = ""
    why: str = ""
    earlier: str = ""


def receipt(record_request, *, pages, quotes=None):
    """The receipt of the present release of `pages` pages of records; `quotes` are those of the request, if known."""
    outcome = record_request.outcome
    newest = record_request.quotes.order_by("-id") if quotes is None else quotes
    told = {quote.kind: quote for quote in reversed(list(newest))}
    estimate, price = told.get("estimate"), told.get("price")
    lines = [
        Line(_("Records"), ", ".join(record_request.record_type_labels), _types(record_request, outcome)),
        Line(_("Dates of service"), record_request.dates_in_words, _dates(record_request, outcome)),
        Line(_("Pages"), _estimated(estimate), _pages(pages)),
        Line(_("Price"), f"${estimate.total}" if estimate else "–", f"${price.total}" if price else "–"),
    ]
    return Receipt(lines, *_missing(outcome), earlier=_earlier(record_request))


def _types(record_request, outcome):
    if outcome is None or outcome.kind == Kind.FULL:
        return ", ".join(record_request.record_type_labels)
    if outcome.is_letter:
        return (
            _("A statement: no records") if outcome.kind == Kind.NO_RECORDS else _("A letter: access denied")
        )
    return ", ".join(str(RecordType(one).label) for one in outcome.delivered_types)


def _dates(record_request, outcome):
    if outcome is None or outcome.kind == Kind.FULL:
        return record_request.dates_in_words
    if outcome.is_letter:
        return "–"
    start, end = outcome.delivered_from, outcome.delivered_to
    if start and end:
        return _("%(start)s to %(end)s") % {"start": f"{start:%m/%d/%Y}", "end": f"{end:%m/%d/%Y}"}
    if start:
        return _("From %(start)s on") % {"start": f"{start:%m/%d/%Y}"}
    if end:
        return _("Until %(end)s") % {"end": f"{end:%m/%d/%Y}"}
    return record_request.dates_in_words


def _estimated(estimate):
    pages = estimate.facts.get("pages") if estimate else None
    return _("about %(pages)s, estimated") % {"pages": pages} if pages else "–"


def _pages(pages):
    return ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages}


def _missing(outcome):
    if outcome is None or outcome.kind != Kind.PARTIAL:
        return "", ""
    return outcome.missing, outcome.get_missing_reason_display()


def _earlier(record_request):
    before = record_request.earlier_delivery
    if before is None:
        return ""
    said = {"day": date_format(before.delivered_at, "F j, Y"), "pages": _pages(before.pages)}
    return _("This completes the delivery of %(day)s (%(pages)s), of which something was missing.") % said
