"""Opening the link and signing: who holds it shows that they know the patient, reads, and signs once."""

from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit.actors import SYSTEM, signer
from audit.models import MoveRefused
from chartrequest.days import business_day
from outbox.queue import enqueue
from requests_app import notices
from requests_app.authorizations import terms
from requests_app.authorizations.holding import hold
from requests_app.models import Authorization, State
from requests_app.models.authorization import BIRTH_DATE_TRIES

# Until somebody has signed, all we know of them is that they hold the link.
HOLDER = signer("Holder of the signing link")


class TermsChanged(Exception):
    """What would be signed is not what was on the screen."""


@dataclass(frozen=True)
class Signature:
    """What the signer wrote, and from where; `included` are the SensitiveKinds they put their initials to."""

    name: str
    initials: str
    capacity: str
    authority: str = ""
    included: list = field(default_factory=list)
    address: str | None = None
    browser: str = ""


def try_birth_date(invitation, day):
    """Whether `day` is the patient's birth date. The fifth wrong one in a row locks the link.

    Counted under the lock: five are five, however many are sent at once. Raises MoveRefused on a locked link.
    """
    with transaction.atomic():
        row, _requests = hold(invitation)
        if row.is_locked:
            raise MoveRefused(_("This link is locked."))
        if row.locked_at:  # the day of rest is over
            row.locked_at, row.birth_date_tries = None, 0
        is_right = day == row.batch.patient.birth_date
        row.birth_date_tries = 0 if is_right else row.birth_date_tries + 1
        if is_right:
            _note_opened(row)
        elif row.birth_date_tries >= BIRTH_DATE_TRIES:
            _lock(row)
        row.save(update_fields=["birth_date_tries", "locked_at", "opened_at"])
    return is_right


def to_sign(invitation):
    """The authorizations that a signature would be for: those whose requests still wait for it."""
    waiting = invitation.authorizations.counting().filter(
        record_request__state=State.DRAFT, record_request__awaiting_signature=True, signed_sha256=""
    )
    related = [
        "record_request__custodian",
        "record_request__batch__organization",
        "record_request__batch__patient",
    ]
    return list(waiting.select_related(*related).order_by("record_request_id"))


def reading(invitation):
    """The clauses on the page, for all custodians together."""
    return terms.clauses([one.record_request for one in to_sign(invitation)])


def seal_of(invitation, clauses):
    """What the form brings back, so that only what was shown is signed."""
    return terms.sha256([*clauses, terms.Clause(invitation.reference, ())])


@transaction.atomic
def sign(invitation, signature, *, seen):
    """Sign for every custodian that waits; the papers are made right after, in the background.

    Raises MoveRefused where the link was signed, withdrawn, locked or ran out meanwhile, or nobody waits for it;
    TermsChanged where `seen` is not the seal of what would be signed now.
    """
    row, _requests = hold(invitation)
    if row.standing in ("signed", "revoked"):
        raise MoveRefused(_("This was signed already. Nothing was changed."))
    authorizations = to_sign(row)
    if not row.is_open or not authorizations:
        raise MoveRefused(_("This link can't be used any more. Nothing was signed."))
    if seal_of(row, reading(row)) != seen:
        raise TermsChanged
    _write(row, signature)
    for authorization in authorizations:
        _apply(row, authorization)
    return row


def signer_of(invitation):
    return signer(invitation.signer_name)


def _write(row, signature):
    row.signed_at = timezone.now()
    row.signer_name, row.initials = signature.name, signature.initials
    row.capacity, row.authority = signature.capacity, signature.authority
    row.included, row.language = signature.included, get_language()
    row.signed_from, row.signed_with = signature.address, signature.browser[:300]
    row.save()


def _apply(row, authorization):
    record_request = authorization.record_request
    authorization.expires_on = _a_year_from(business_day())
    signed = [
        *terms.clauses([record_request], expires_on=authorization.expires_on),
        terms.included(row.included, row.initials),
        terms.signature(row),
    ]
    authorization.signed_clauses = [[clause.heading, list(clause.lines)] for clause in signed]
    authorization.signed_sha256 = terms.sha256(signed)
    authorization.terms_sha256 = terms.fingerprint(record_request)
    authorization.given_at = row.signed_at
    authorization.save()
    record_request.record(
        "signed",
        by=signer_of(row),
        link=row.pk,
        sha256=authorization.signed_sha256,
        capacity=row.capacity,
        check="birth date",
    )
    enqueue("requests.file_signed", key=f"file signed:{authorization.pk}", authorization_id=authorization.pk)


def _a_year_from(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year + 1, day=28)


def _note_opened(row):
    if row.opened_at is None:
        row.opened_at = timezone.now()
        for authorization in to_sign(row):
            authorization.record_request.record("signing_opened", by=HOLDER, link=row.pk)


def _lock(row):
    row.locked_at = timezone.now()
    concerned = (
        Authorization.objects.counting().filter(invitation=row).select_related("record_request__batch__owner")
    )
    for authorization in concerned.order_by("record_request_id"):
        authorization.record_request.record("signing_locked", by=SYSTEM, link=row.pk)
        notices.to_requestor(authorization.record_request, "sign_locked")
