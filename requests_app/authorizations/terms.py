"""What the patient allows by signing: each element and statement of 45 CFR 164.508(c), in plain words.

One source for the page, for the PDF and for the hash of what was signed.
"""

import hashlib
import json
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class SensitiveKind(models.TextChoices):
    """Records under rules of their own; each is left out unless the signer puts their initials to it.

    42 CFR 2.31 wants substance use named. Psychotherapy notes are not here: 45 CFR 164.508(b)(3)(ii) wants a form
    for them alone, as does 42 CFR 2.31(b) for counseling notes.
    """

    SUBSTANCE_USE = "substance_use", gettext_lazy("Treatment for alcohol or drug use (42 CFR Part 2)")
    MENTAL_HEALTH = "mental_health", gettext_lazy("Mental health care")
    HIV = "hiv", gettext_lazy("HIV and AIDS: tests, diagnosis, treatment")
    REPRODUCTIVE = "reproductive", gettext_lazy("Reproductive health care")
    GENETIC = "genetic", gettext_lazy("Genetic tests")


@dataclass(frozen=True)
class Clause:
    heading: str
    lines: tuple


def clauses(record_requests, *, expires_on=None):
    """The text for one custodian or several of one batch; `expires_on` is known once it is signed."""
    batch = record_requests[0].batch
    patient, recipient = batch.patient, batch.organization
    return [
        Clause(_("Whose records"), (_born(patient),)),
        Clause(_("Who may give them out, and which"), tuple(_asked(one) for one in record_requests)),
        Clause(_("Who receives them"), (_addressed(recipient),)),
        Clause(_("What for"), (_purpose(batch),)),
        Clause(_("Until when"), (_until(expires_on),)),
        Clause(_("You can take this back"), _revocation(recipient)),
        Clause(_("You need not sign"), _free_choice()),
        Clause(_("What may happen afterwards"), _redisclosure()),
        Clause(
            _("Your copy"), (_("You can save a copy of what you signed, from the same link, at any time."),)
        ),
        Clause(_("Records with special protection"), _special()),
    ]


def included(kinds, initials):
    """The clause that says which specially protected records the signer let in."""
    if not kinds:
        return Clause(_("Let in by initials"), (_("None: records with special protection stay out."),))
    lines = [f"{SensitiveKind(kind).label} – {initials}" for kind in kinds]
    return Clause(_("Let in by initials"), tuple(lines))


def signature(invitation):
    """The clause of the signature itself."""
    said = [
        _("Signed electronically by %(name)s") % {"name": invitation.signer_name},
        _("Initials: %(initials)s") % {"initials": invitation.initials},
        right_to_sign(invitation),
        _("Date: %(day)s") % {"day": f"{invitation.signed_at:%m/%d/%Y %H:%M} UTC"},
    ]
    return Clause(_("Signature"), tuple(said))


def right_to_sign(invitation):
    """By what right somebody signs: for themselves, or for the patient (45 CFR 164.508(c)(1)(vi))."""
    if invitation.capacity == invitation.Capacity.SELF:
        return _("Signs as the patient")
    right = {"guardian": _("parent or guardian"), "attorney": _("agent under a power of attorney")}
    return _("Signs for the patient as %(right)s: %(authority)s") % {
        "right": right[invitation.capacity],
        "authority": invitation.authority,
    }


def as_text(found):
    """Clauses as the plain text whose hash is kept."""
    return "\n\n".join("\n".join([clause.heading, *clause.lines]) for clause in found)


def kept(authorization):
    """The clauses as they were signed."""
    return [Clause(heading, tuple(lines)) for heading, lines in authorization.signed_clauses]


def sha256(found):
    return hashlib.sha256(as_text(found).encode()).hexdigest()


def fingerprint(record_request):
    """A hash of what is asked, whatever the language and the names it is told in.

    What was signed counts only while the request still asks for this.
    """
    batch, patient = record_request.batch, record_request.patient
    asked = [
        [record_request.custodian_id, batch.organization_id],
        [patient.first_name, patient.middle_name, patient.last_name, patient.birth_date],
        [sorted(record_request.record_types), record_request.dates],
        [record_request.dates_from, record_request.dates_to, sorted(batch.reasons)],
    ]
    return hashlib.sha256(json.dumps(asked, default=str).encode()).hexdigest()


def _born(patient):
    return _("%(name)s, born %(day)s") % {"name": patient.full_name, "day": f"{patient.birth_date:%m/%d/%Y}"}


def _asked(record_request):
    return _("%(custodian)s, %(place)s: %(types)s. Dates of service: %(dates)s.") % {
        "custodian": record_request.custodian.name,
        "place": record_request.custodian.place,
        "types": ", ".join(record_request.record_type_labels),
        "dates": record_request.dates_in_words,
    }


def _addressed(organization):
    place = ", ".join(one for one in (organization.street, organization.city, organization.state) if one)
    said = ", ".join(one for one in (organization.name, place) if one)
    return f"{said} {organization.zip_code}".strip()


def _purpose(batch):
    return ", ".join(batch.reason_labels) or _("At the patient's own request")


def _until(expires_on):
    if expires_on:
        return _("This permission ends on %(day)s.") % {"day": f"{expires_on:%m/%d/%Y}"}
    return _("This permission ends one year after you sign it.")


def _revocation(recipient):
    return (
        _(
            "You can take this permission back at any time: open the link you signed with and choose “Revoke”."
        ),
        _("Or write to the practices named above, or to %(recipient)s.") % {"recipient": recipient.name},
        _("Records that were given out before can't be called back."),
    )


def _free_choice():
    return (
        _("Signing is your free choice. You may say no, or sign on paper instead."),
        _(
            "Nobody may make your treatment, your payment, your enrollment in a health plan or your right to its "
            "benefits depend on whether you sign."
        ),
    )


def _redisclosure():
    return (
        _(
            "Whoever receives the records may pass them on, and the federal privacy rule may then no longer protect "
            "them. Records of treatment for alcohol or drug use stay under 42 CFR Part 2, which limits how they are "
            "used against the patient."
        ),
    )


def _special():
    return (
        _("They stay out unless you put your initials beside their kind."),
        _(
            "Psychotherapy notes and substance use counseling notes are never part of this: they need their own form."
        ),
    )
