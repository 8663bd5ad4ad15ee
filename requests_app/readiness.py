"""What a request still lacks: before it is submitted (product 1.4), and before it leaves QA (product 6.4).

Each function returns sentences for the person at the screen; an empty list means that it may go on.
"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from requests_app import clinical
from requests_app.authorizations import terms


def missing(record_request):
    """What must still be given before the custodian is asked."""
    found = missing_besides_authorization(record_request)
    return found + authorization_missing(record_request)


def authorization_missing(record_request):
    """Why the authorization doesn't serve to ask the custodian: none, ended, or signed for something else."""
    authorization = record_request.authorization
    if not authorization or not authorization.is_given:
        return [_("Add the patient's authorization.")]
    if authorization.is_signed_here and authorization.terms_sha256 != terms.fingerprint(record_request):
        return [
            _("What is asked for changed after the patient signed. Add the patient's authorization again.")
        ]
    return forbidden(record_request)


def missing_to_reopen(record_request):
    """Why a canceled request can't be taken up again as it was (product 1.10); a new one can be made from it."""
    if not record_request.swept:
        return [_("It was canceled on purpose, so it can't be reopened. Make a new request from it.")]
    return _nobody_answers(record_request.custodian) + authorization_missing(record_request)


def forbidden(record_request):
    """Why nothing may be released any more: the authorization was revoked, or its time is over (product 11.4)."""
    authorization = record_request.authorization
    if authorization and authorization.revoked_at:
        return [_("The patient took the authorization back. It needs a new one.")]
    if authorization and authorization.is_expired:
        day = f"{authorization.expires_on:%m/%d/%Y}"
        return [_("The authorization ended on %(day)s. It needs a new one.") % {"day": day}]
    return []


def missing_besides_authorization(record_request):
    """What must still be given before the request may wait for the patient's signature."""
    batch, custodian = record_request.batch, record_request.custodian
    found = _nobody_answers(custodian) + _asked_twice(record_request)
    if not record_request.is_specified:
        found.append(_("Say which records and which dates you need."))
    if not batch.has_reasons:
        found.append(_("Choose at least one reason."))
    if not batch.delivery:
        found.append(_("Choose how the records are delivered."))
    if not batch.has_way_to_pay:
        found.append(_("Choose how you pay."))
    if not batch.estimate_approved_at:
        found.append(_("Approve the estimate."))
    return found


def _nobody_answers(custodian):
    if custodian.can_be_asked:
        return []
    return [_("Nobody answers for %(name)s here now, so it can't be asked.") % {"name": custodian.name}]


def _asked_twice(record_request):
    """Two entries of one provider were chosen before somebody saw that they are one."""
    custodian = record_request.custodian
    others = record_request.batch.record_requests.filter(custodian=custodian.merged_into_id or 0)
    if not custodian.merged_into_id or not others.exists():
        return []
    said = {"name": custodian.name, "other": custodian.merged_into.name}
    return [_("%(name)s and %(other)s are one provider. Remove one of the two.") % said]


def unreviewed(record_request):
    """What must still be done before the review is finished."""
    found = unreviewed_by_anyone(record_request)
    reviewer = clinical.reviewer_of(record_request.custodian_organization)
    if reviewer and not clinical.is_signed_off(record_request):
        said = {"name": reviewer.person.full_name}
        found.append(_("%(name)s, your Clinical Reviewer, must sign off.") % said)
    return found


def unreviewed_by_anyone(record_request):
    """What must be done before the Clinical Reviewer can sign off: a verdict on each page, the checklist."""
    found = []
    pages = list(record_request.pages.kept().values_list("verdict", flat=True))
    left = pages.count("")
    if left:
        sentence = ngettext(
            "%(count)s page still needs a verdict.", "%(count)s pages still need a verdict.", left
        )
        found.append(sentence % {"count": left})
    elif "approved" not in pages:
        found.append(_("Approve at least one page."))
    if checklist_left(record_request):
        found.append(_("Finish the review checklist."))
    return found


def checklist_left(record_request):
    """The lines of the practice's checklist that nobody has ticked for this request."""
    organization = record_request.custodian_organization
    ticked = record_request.ticks.values("item_id")
    return list(organization.checklist.filter(is_active=True).exclude(pk__in=ticked))
