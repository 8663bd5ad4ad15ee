"""What people are told of a request (product 9.2), in the groups by which they choose how (product 2.11).

One list: what is in no group always goes out by email, and `ALWAYS` says so to whoever looks for it.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Group:
    """Events that are chosen together. `asks` and `releases` say which side is told of them."""

    key: str
    label: str
    events: frozenset
    asks: bool = False
    releases: bool = False


def _group(key, label, *events, **sides):
    return Group(key, label, frozenset(events), **sides)


GROUPS = [
    _group("received", _("A new request came in"), "request_received", "request_taken_up", releases=True),
    _group("corrected", _("A request was corrected"), "request_corrected", releases=True),
    _group("review", _("Records wait for your review"), "request_to_review", releases=True),
    _group(
        "withdrawn",
        _("A request was withdrawn or closed"),
        "request_withdrawn",
        "request_lapsed",
        releases=True,
    ),
    _group(
        "submitted",
        _("A request was sent to the practice"),
        *("request_submitted", "request_reopened"),
        asks=True,
    ),
    _group("incomplete", _("A request needs a correction"), "request_incomplete", asks=True),
    _group(
        "signing", _("A signature needs your attention"), "authorization_signed", "sign_locked", asks=True
    ),
    _group("priced", _("A request is reviewed and priced"), "request_priced", "request_charging", asks=True),
    _group("paid", _("Nothing more is to be paid"), "payment_received", asks=True),
    _group(
        "ending",
        _("A request or a draft will soon be canceled or deleted"),
        *("request_ends_soon", "request_decided_soon", "draft_deleted_soon"),
        asks=True,
    ),
    _group(
        "ended",
        _("A request is canceled or ended"),
        *("request_canceled", "request_abandoned", "request_swept", "request_unfulfilled"),
        asks=True,
    ),
    _group(
        "records",
        _("The records were delivered"),
        "records_ready",
        "records_partly_ready",
        "answer_ready",
        asks=True,
    ),
    _group("missing", _("Something is missing from a delivery"), "missing_reported", releases=True),
    _group("message", _("A message about a request"), "message_received", asks=True, releases=True),
    _group("fax", _("A fax could not be sent"), "fax_failed", "fax_too_long", asks=True, releases=True),
]
_OF = {event: group for group in GROUPS for event in group.events}

# What nobody can turn off, and why.
ALWAYS = [
    (_("Codes and letters about your account"), _("so that nobody can change it behind your back")),
    (
        _("An authorization that was taken back, or a delivery that was stopped"),
        _("because from then on nothing may be released"),
    ),
    (_("A payment that goes back to you"), _("so that you have it in writing")),
    (_("A refund that you asked for"), _("so that you have the answer in writing")),
    (_("A check that is too small"), _("because the records wait for the rest")),
    (_("What was left of a check, and goes back to you"), _("so that you have it in writing")),
    (
        _("A price to approve, and a card that could not be charged"),
        _("because the records wait until you answer"),
    ),
    (_("A patient's own request that takes longer"), _("because the law wants you to have it in writing")),
    (_("A provider that you suggested"), _("because you asked us, and we answer once")),
]
ALWAYS_AT_WORK = [
    (
        _("Invitations, and people who ask to join"),
        _("because they wait for an answer, and their links belong to one address"),
    ),
    (_("Decisions about your organization"), _("because they say who may work")),
]


def told_to(*, releases, asks):
    """`(heading, groups)` for whoever releases records, asks for some, or both; each group once."""
    coming = [group for group in GROUPS if group.releases and releases]
    going = [group for group in GROUPS if group.asks and asks and group not in coming]
    parts = [(_("Requests that come to your practice"), coming), (_("Requests that you make"), going)]
    return [(heading, groups) for heading, groups in parts if groups]


def group_of(event):
    """The group an event is chosen by, or None where it always goes out by email."""
    return _OF.get(event)
