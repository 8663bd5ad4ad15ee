"""What a practice's member needs to work on one request, beside what both sides see."""

from django.db.models import Count, Min, Q

from accounts.models import Member
from requests_app import permissions
from requests_app.models import RecordPage, State
from requests_app.models.states import WITH_CUSTODIAN
from requests_app.processing.forms import UploadForm
from requests_app.right_of_access import why_not_extended

VERBS = ["mark_incomplete", "begin_review", "take_back", "state_no_records", "deny"]


def context(record_request, member, *, authorization=None, rejections=(), upload_form=None):
    """The records' files and what this member may do with the request now; `rejections` are told entries."""
    may = {name: _may(record_request, member, name) for name in VERBS}
    in_work = record_request.state in WITH_CUSTODIAN
    in_review = record_request.state == State.QA
    files = with_counts(record_request)
    return {
        "files": files,
        "pages_uploaded": sum(file.page_total for file in files),
        "pages_left": sum(file.page_total - file.pages_reviewed for file in files),
        "may": may
        | {
            "upload": in_work and permissions.can_upload(member, record_request),
            "review": in_review and permissions.can_review(member, record_request),
            "price": in_review and permissions.can_price(member, record_request),
            "extend": permissions.can_price(member, record_request) and not why_not_extended(record_request),
            "assign": record_request.is_open and permissions.can_work(member, record_request),
        },
        "upload_form": upload_form or UploadForm(),
        "colleagues": colleagues(record_request, member) if record_request.is_open else [],
        "rejections": rejections,
        "newly_authorized": is_newly_authorized(record_request, authorization),
        "authorization_pages": _page_numbers(authorization),
    }


def with_counts(record_request):
    """The files that count, in order, each with `page_total`, `pages_reviewed` and `pages_removed`."""
    verdict = Q(pages__verdict=RecordPage.Verdict.NONE)
    return list(
        record_request.files.kept()
        .select_related("document", "uploaded_by")
        .annotate(
            page_total=Count("pages"),
            first_page=Min("pages"),
            pages_reviewed=Count("pages", filter=~verdict),
            pages_removed=Count("pages", filter=Q(pages__verdict=RecordPage.Verdict.REMOVED)),
        )
    )


def colleagues(record_request, member):
    """The members of the practice to whom a request can be given, this one first."""
    found = (
        Member.objects.active()
        .filter(organization=member.organization)
        .select_related("person", "role", "organization")
    )
    able = [one for one in found if permissions.can_work(one, record_request)]
    return sorted(able, key=lambda one: (one.pk != member.pk, one.person.full_name.lower()))


def is_newly_authorized(record_request, authorization):
    """Whether the authorization came in after the request was last sent back (product 1.5)."""
    return bool(
        authorization
        and record_request.incomplete_at
        and authorization.given_at > record_request.incomplete_at
    )


def _page_numbers(authorization):
    pages = authorization.document.page_count if authorization and authorization.document else None
    return range(1, (pages or 0) + 1)


def _may(record_request, member, name):
    allowed = getattr(type(record_request), name).permission
    return record_request.can(name) and allowed(member, record_request)
