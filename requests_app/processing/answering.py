"""Answering without records: a signed statement that there are none, or a denial; nothing is charged (product 1.12)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing import quoting
from billing.models import Invoice, Quote
from requests_app import permissions, turnaround
from requests_app.grounds import MissingReason
from requests_app.models import Outcome
from requests_app.models.states import WITH_CUSTODIAN
from requests_app.processing import letters
from requests_app.processing.holding import check

Kind = Outcome.Kind
WRITERS = {Kind.NO_RECORDS: letters.no_records, Kind.DENIED: letters.denial}
CONTACT = ("contact_name", "contact_phone", "contact_address")


def state_no_records(record_request, *, by, explanation, elsewhere="", **contact):
    """The practice searched and has no such records; returns the Invoice of $0.00, settled."""
    said = {"explanation": explanation, "elsewhere": elsewhere, **contact}
    return _answer(record_request, Kind.NO_RECORDS, said, by=by)


def deny(record_request, *, by, ground, explanation, **contact):
    """The practice denies access on a ground of `grounds.Ground`; returns the Invoice of $0.00, settled."""
    said = {"ground": ground, "explanation": explanation, **contact}
    return _answer(record_request, Kind.DENIED, said, by=by)


def unsent(record_request, kind, *, by, **said):
    """The Outcome as it would be, with its letter, for whoever wants to read before signing; not kept."""
    return Outcome(kind=kind, letter=WRITERS[kind](record_request, by=by, **said), **said)


def keep(row, kind, *, by, letter=(), **said):
    """Keep how the locked request is answered; `said` are fields of Outcome.

    A price that was canceled, and its request reopened, has left an outcome that counts no longer.
    """
    row.outcomes.counting().update(superseded_at=timezone.now())
    return Outcome.objects.create(
        record_request=row,
        kind=kind,
        letter=list(letter),
        made_by_id=by.actor.person_id,
        signed_name=by.actor.name if letter else "",
        organization_name=by.actor.organization_name,
        **said,
    )


def keep_release(record_request, partial, *, by):
    """Keep that pages are released: all that was asked for, or a part with `partial`, fields of Outcome.

    What is withheld gets its letter, which goes out in front of the pages (45 CFR 164.524(d)).
    """
    if not partial:
        return keep(record_request, Kind.FULL, by=by)
    letter = []
    if partial["missing_reason"] == MissingReason.WITHHELD:
        said = {name: partial[name] for name in ("ground", "explanation", *CONTACT)}
        letter = letters.denial(record_request, **said, part=partial["missing"], by=by)
    outcome = keep(record_request, Kind.PARTIAL, by=by, letter=letter, **partial)
    sealed = {"sha256": outcome.letter_sha256} if letter else {}
    record_request.record("released_in_part", by=by, missing=partial["missing_reason"], **sealed)
    return outcome


def last_contact(organization):
    """The privacy contact of the practice's newest letter, to fill into the next: a dict of fields."""
    letters_sent = Outcome.objects.filter(record_request__custodian_organization=organization)
    newest = letters_sent.exclude(contact_name="").order_by("-id").values(*CONTACT).first()
    return newest or {}


@transaction.atomic
def _answer(record_request, kind, said, *, by):
    row = record_request.locked()
    check(row, by=by, allowed=permissions.can_price, states=WITH_CUSTODIAN)
    outcome = keep(row, kind, by=by, letter=WRITERS[kind](row, by=by, **said), **said)
    if kind == Kind.DENIED:
        record_request.deny(by=by, sha256=outcome.letter_sha256)
    else:
        record_request.state_no_records(by=by, sha256=outcome.letter_sha256)
    quote = Quote.keep(record_request, Quote.Kind.PRICE, _free(kind))
    Invoice.objects.withdraw(record_request, by=by)  # one that a revoked authorization left under payment
    invoice = Invoice.issue(quote, record_request.organization, turnaround.payment_due_on(), by=by)
    record_request.refresh_from_db()
    return invoice


def _free(kind):
    if kind == Kind.DENIED:
        return quoting.free("denied", _("No charge: access was denied"), "45 CFR 164.524(d)", pages=0)
    # Some laws name a fee for a search that finds nothing; what is charged for one is left at nothing.
    return quoting.free("no_records", _("No charge: no records were found"), _("Search: $0.00"), pages=0)
