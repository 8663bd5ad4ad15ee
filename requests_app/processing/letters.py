"""The text of the two letters: a statement that there are no records, and a denial (45 CFR 164.524(d)).

A letter is a list of {heading, paragraphs}, kept as it was signed; its PDF and its preview are made from that.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from requests_app import grounds

# Where anybody may complain, and by when (45 CFR 160.306).
OCR_DAYS = 180
OCR = [
    "U.S. Department of Health and Human Services, Office for Civil Rights",
    "200 Independence Avenue, S.W., Room 509F, HHH Building, Washington, D.C. 20201",
    "1-800-368-1019 (TDD 1-800-537-7697), OCRComplaint@hhs.gov, www.hhs.gov/ocr/complaints",
]


def no_records(record_request, *, explanation, elsewhere, contact_name, contact_phone, contact_address, by):
    """The statement that the practice has no such records."""
    practice = record_request.custodian.name
    before = record_request.earlier_delivery
    if before:
        said = {"practice": practice, "day": _day(before.delivered_at)}
        statement = _("%(practice)s has no such records beyond what it delivered on %(day)s.") % said
    else:
        statement = _("%(practice)s has no records of this patient of the kinds and dates asked for.") % {
            "practice": practice
        }
    parts = [
        _part(_("What was asked for"), _asked(record_request)),
        _part(_("Statement"), statement, _("What was searched: %(text)s") % {"text": explanation}),
    ]
    if elsewhere:
        parts.append(_part(_("Where the records may be"), elsewhere))
    contact = _contact(contact_name, contact_phone, contact_address)
    question = _("Whoever believes that this is wrong may write or call: %(contact)s.") % {"contact": contact}
    parts.append(_part(_("Questions"), question))
    parts.append(_part(_("Cost"), _("Nothing is charged for the search or for this statement.")))
    return [*parts, _signature(record_request, by)]


def denial(record_request, *, ground, explanation, contact_name, contact_phone, contact_address, by, part=""):
    """The denial; `part` says what is withheld where the rest is delivered."""
    practice, contact = record_request.custodian.name, _contact(contact_name, contact_phone, contact_address)
    what = _asked(record_request)
    if part:
        what += " " + _("Withheld of it: %(part)s") % {"part": part}
    reason = _("%(practice)s denies access to it. The ground: %(ground)s.") % {
        "practice": practice,
        "ground": grounds.in_words(ground),
    }
    parts = [
        _part(_("What was asked for"), what),
        _part(_("Why access is denied"), reason, explanation),
        _part(_("Having the decision reviewed"), _review(ground, practice, contact)),
        _part(
            _("How to complain"),
            _("To %(practice)s: %(contact)s.") % {"practice": practice, "contact": contact},
            _("To the Secretary of Health and Human Services, within %(days)s days of learning of this:")
            % {"days": OCR_DAYS}
            + " "
            + "; ".join(OCR)
            + ".",
            _("Nobody may retaliate against whoever complains (45 CFR 160.316)."),
        ),
    ]
    if not part:
        parts.append(_part(_("Cost"), _("Nothing is charged.")))
    return [*parts, _signature(record_request, by)]


def _part(heading, *paragraphs):
    return {"heading": str(heading), "paragraphs": [str(one) for one in paragraphs if one]}


def _asked(record_request):
    patient = record_request.patient
    return _(
        "%(requestor)s asked %(practice)s on %(day)s for records of %(patient)s, born %(born)s: %(types)s; "
        "dates of service: %(dates)s."
    ) % {
        "requestor": record_request.batch.organization.name,
        "practice": record_request.custodian.name,
        "day": _day(record_request.submitted_at),
        "patient": patient.full_name,
        "born": date_format(patient.birth_date, "F j, Y"),
        "types": ", ".join(record_request.record_type_labels),
        "dates": record_request.dates_in_words,
    }


def _review(ground, practice, contact):
    if ground in grounds.REVIEWABLE:
        return _(
            "The patient has the right to have this decision reviewed by a licensed health care professional whom "
            "%(practice)s names, and who took no part in it (45 CFR 164.524(a)(4)). To ask for the review, write or "
            "call: %(contact)s. The decision of the reviewer is told in writing and is followed."
        ) % {"practice": practice, "contact": contact}
    if grounds.CITATIONS[ground].startswith("45 CFR 164.524"):
        return _("The law gives no right to have a denial on this ground reviewed (45 CFR 164.524(a)).")
    return _(
        "The law gives no right to a review here. What stands in the way may be mended: for example by an "
        "authorization that names these records."
    )


def _contact(name, phone, address):
    return ", ".join(str(one) for one in (name, phone.as_national if phone else "", address) if one)


def _signature(record_request, by):
    practice = record_request.custodian_organization
    with timezone.override(practice.zone):
        when = date_format(timezone.localtime(), "F j, Y, g:i A T")
    said = {"name": by.person.full_name, "organization": practice.name, "when": when}
    return _part(
        _("Signature"),
        _("Signed electronically by %(name)s for %(organization)s, %(when)s.") % said,
    )


def _day(moment):
    return date_format(timezone.localtime(moment), "F j, Y") if moment else "–"
