"""Entries of the activity, told in plain words."""

from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from audit.models import Activity
from requests_app.clocks import Why
from requests_app.grounds import MissingReason
from requests_app.reasons import IncompleteReason

SENTENCES = {
    "drafted": _("started a draft"),
    "draft_deleted": _("deleted the draft"),
    "patient_changed": _("changed the patient's information"),
    "custodian_merged": _("merged the provider with another entry of it in the directory"),
    "details_changed": _("changed the request details"),
    "authorization_given": _("added the authorization"),
    "authorization_asked": _("chose to have the patient sign"),
    "authorization_removed": _("removed the authorization"),
    "estimate_approved": _("approved the estimate"),
    "awaiting_signature": _("sent it to the patient to sign"),
    "duplicate_kept": _("went on, although an earlier request asks for the same"),
    "submit": _("submitted the request"),
    "resubmit": _("corrected the request and submitted it again"),
    "mark_incomplete": _("marked it as incomplete"),
    "begin_review": _("began the review of the records"),
    "take_back": _("took the records back from review"),
    "price": _("finished the review and set the price"),
    "released_in_part": _("released a part of what was asked for"),
    "state_no_records": _("stated that there are no such records"),
    "deny": _("denied access to the records"),
    "report_missing": _("said that something is missing from the delivery"),
    "order": _("found that nothing more is to be paid"),
    "complete": _("delivered the records"),
    "cancel": _("canceled the request"),
    "abandon": _("abandoned the request"),
    "reopen": _("reopened the request"),
    "viewed": _("opened the request"),
    "viewed_authorization": _("looked at the authorization"),
    "viewed_records": _("looked at the records"),
    "downloaded": _("downloaded the records"),
    "downloaded_authorization": _("downloaded the authorization"),
    "ssn_shown": _("looked at the Social Security number"),
    "message": _("sent a message"),
    "invitation_sent": _("sent the patient a link to sign"),
    "invitation_withdrawn": _("withdrew the link to sign"),
    "signing_opened": _("opened the link and read the authorization"),
    "signing_locked": _("locked the link to sign: five wrong birth dates"),
    "signed": _("signed the authorization"),
    "authorization_filed": _("kept the signed authorization as PDF"),
    "revoked": _("took the authorization back"),
    "delivery_stopped": _("stopped the delivery: the authorization has ended"),
    "records_uploaded": _("uploaded records"),
    "file_removed": _("removed a file"),
    "files_reordered": _("changed the order of the files"),
    "page_approved": _("approved a page"),
    "page_removed": _("removed a page"),
    "page_reopened": _("took a verdict back"),
    "page_rotated": _("turned a page"),
    "checklist_ticked": _("ticked a line of the checklist"),
    "checklist_cleared": _("cleared a line of the checklist"),
    "signed_off": _("signed off the clinical review"),
    "sign_off_taken_back": _("took the clinical sign-off back"),
    "sign_off_lifted": _("changed the pages, so the clinical sign-off is needed again"),
    "copy_fee_agreed": _("entered the agreed cost of a copy"),
    "assigned": _("assigned the request"),
    "answer_extended": _("took the one extension that the law allows"),
    "assembled": _("assembled the release"),
    "faxed": _("faxed the records"),
    "fax_failed": _("could not deliver the fax"),
    "fax_too_long": _("found the records too long for a fax"),
    "invoiced": _("sent the invoice"),
    "fee_incurred": _("wrote down what others charged"),
    "fee_withdrawn": _("took back what others were said to have charged"),
    "invoice_voided": _("took the invoice back"),
    "paid": _("paid by card"),
    "charged": _("charged the card, as agreed"),
    "pay_link_sent": _("sent somebody the link to pay"),
    "payment_method_changed": _("changed how it is paid"),
    "check_assigned": _("found whose check it is"),
    "check_returned": _("sent what was too much of a check back"),
    "check_rest_asked": _("asked for the rest of a check"),
    "paid_by_check": _("recorded the check"),
    "payment_declined": _("tried to pay; the card was declined"),
    "payment_canceled": _("began a payment that was not completed"),
    "paid_back": _("paid the card back"),
    "pay_back_again": _("had the card paid back once more, after the bank could not"),
    "refund_asked": _("asked for a refund"),
    "refund_approved": _("approved a refund"),
    "refund_denied": _("denied a refund"),
    "refund_paid": _("paid a refund"),
    "refund_failed": _("could not pay a refund"),
    "refund_file_read": _("looked at a file that came with a refund"),
    "dispute_warning_needs_response": _("learned that the cardholder's bank asks about the payment"),
    "dispute_warning_under_review": _("learned that the cardholder's bank reads our answer"),
    "dispute_warning_closed": _("learned that the cardholder's bank has let the payment be"),
    "dispute_needs_response": _("learned that the cardholder disputes the payment"),
    "dispute_under_review": _("learned that the cardholder's bank decides about the payment"),
    "dispute_won": _("got the disputed payment back"),
    "dispute_lost": _("lost the disputed payment"),
    "warned": _("warned whoever asked that its time runs out"),
    "ops_told": _("told our staff that it is paid and not delivered"),
    "ops_asked": _("asked our staff whether it goes on"),
    "kept_going": _("decided that it goes on"),
    "end_confirmed": _("decided that it ends"),
}

# Looks at health information, and what was taken away (product 1.2).
LOOKS = [
    "viewed",
    "viewed_authorization",
    "viewed_records",
    "downloaded",
    "downloaded_authorization",
    "ssn_shown",
    "signing_opened",
]
REJECTION = "mark_incomplete"
# A review of a thousand pages writes thousands of these: told on demand.
STEPS = [
    "page_approved",
    "page_removed",
    "page_reopened",
    "page_rotated",
    "checklist_ticked",
    "checklist_cleared",
]
MOST = 500


@dataclass(frozen=True)
class Told:
    """One line of the Activity: who, from where, when, what; `more` adds a reason, pages or an amount."""

    who: str
    organization: str
    when: object
    what: str
    more: str
    times: int = 1

    def is_same(self, other):
        """Whether the same person did the same again."""
        return (self.who, self.organization, self.what, self.more) == (
            other.who,
            other.organization,
            other.what,
            other.more,
        )


class History:
    """What happened to one request, read in one query. `newest` leaves out the steps of a review, page by page.

    `activity` and all else is newest first.
    """

    def __init__(self, record_request, *, newest=None):
        entries = Activity.objects.of(record_request).order_by("-sequence")
        self.entries = list(entries.exclude(event__in=STEPS)[:MOST] if newest else entries)
        self.newest = newest
        self.is_whole = not newest or record_request.activity_count <= newest

    @property
    def activity(self):
        """The `newest` entries, or all; what one person did several times running is one line."""
        lines = []
        for entry in self.entries[: self.newest]:
            line = told(entry)
            if lines and entry.event in STEPS and lines[-1].is_same(line):
                lines[-1] = replace(lines[-1], times=lines[-1].times + 1)
            else:
                lines.append(line)
        return lines

    @property
    def seen(self):
        """The last look of each person at each thing."""
        last = {}
        for entry in self.entries:
            if entry.event in LOOKS:
                last.setdefault(
                    (entry.person_id, entry.actor_name, entry.organization_id, entry.event), entry
                )
        return [told(entry) for entry in last.values()]

    @property
    def rejections(self):
        """Each time the request was sent back."""
        return [told(entry) for entry in self.entries if entry.event == REJECTION]


def told(entry):
    return Told(
        who=entry.actor_name,
        organization=entry.organization_name,
        when=entry.happened_at,
        what=str(SENTENCES.get(entry.event, entry.event.replace("_", " "))),
        more=_more(entry.details),
    )


def _more(details):
    parts = []
    if "reason" in details:
        known = dict(IncompleteReason.choices)
        parts.append(str(known.get(details["reason"], details["reason"])))
    if "swept" in details:
        parts.append(str(dict(Why.choices).get(details["swept"], details["swept"])))
    if "ends_on" in details:
        day = date_format(date.fromisoformat(details["ends_on"]), "M j, Y")
        parts.append(str(_("it ends on %(day)s") % {"day": day}))
    if "until" in details:
        day = date_format(date.fromisoformat(details["until"]), "M j, Y")
        parts.append(str(_("until %(day)s") % {"day": day}))
    if "pages" in details:
        pages = details["pages"]
        parts.append(ngettext("%(count)s page", "%(count)s pages", pages) % {"count": pages})
    if "missing" in details:
        parts.append(str(MissingReason(details["missing"]).label))
    if "earlier" in details:
        parts.append(details["earlier"])
    for key in ("total", "fee", "amount"):
        if key in details:
            parts.append(f"${details[key]}")
    return " · ".join(parts)
