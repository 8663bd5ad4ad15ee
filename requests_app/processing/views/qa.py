"""The review, page by page. Every verdict is a form of its own; with script it is sent and shown in place."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.models import Permission
from requests_app import clinical, permissions, readiness, viewing
from requests_app.access import with_record_request
from requests_app.models import State
from requests_app.processing import review
from requests_app.processing.review import Verdict
from requests_app.processing.sheaf import Sheaf
from requests_app.processing.signing_off import sign_off
from requests_app.refusing import refused_to


@require_safe
@with_record_request(allowed=permissions.can_review)
def qa(request, record_request, page=None):
    """One page large, all of them as a strip; without `page` the first that still needs a verdict.

    That somebody looked is written down once for each person, file and hour, see `viewing`.
    """
    if record_request.state != State.QA:
        return redirect(record_request)
    sheaf = Sheaf(record_request)
    leaf = _leaf(sheaf, page)
    shown = {"record_request": record_request, "sheaf": sheaf, "leaf": leaf}
    if leaf:
        viewing.note(record_request, request.member, "viewed_records", file=leaf.file_id)
        shown |= _around(record_request, sheaf, leaf)
    shown |= {
        "checklist": _checklist(record_request),
        **_sign_off(record_request, request.member),
        "left": readiness.unreviewed(record_request),
        "may_price": permissions.can_price(request.member, record_request),
    }
    return render(request, "requests_app/processing/qa.html", shown)


def _leaf(sheaf, page):
    if page is None:
        return sheaf.next_to_review() or (sheaf.leaves[-1] if sheaf.leaves else None)
    leaf = sheaf.find(page)
    if leaf is None:
        raise Http404
    return leaf


def _around(record_request, sheaf, leaf):
    strip, earlier, later = sheaf.window(leaf)
    upcoming = sheaf.next_to_review(after=leaf.position)
    return {
        "page": record_request.pages.select_related("file__document", "reviewed_by").get(pk=leaf.pk),
        "strip": strip,
        "earlier": earlier,
        "later": later,
        "before": sheaf.beside(leaf, -1),
        "behind": sheaf.beside(leaf, 1),
        "upcoming": upcoming if upcoming and upcoming.pk != leaf.pk else None,
    }


def _checklist(record_request):
    """Each line of the practice's checklist, with whether it is ticked for this request."""
    ticked = set(record_request.ticks.values_list("item_id", flat=True))
    items = record_request.custodian_organization.checklist.filter(is_active=True)
    return [(item, item.pk in ticked) for item in items]


def _sign_off(record_request, member):
    """Whose sign-off the release needs, whether it is given, and whether this member may give it now."""
    practice = record_request.custodian_organization
    reviewer, signed = clinical.reviewer_of(practice), clinical.is_signed_off(record_request)
    is_mine = bool(reviewer) and reviewer.pk == member.pk
    return {
        "reviewer": reviewer,
        "signed_off": signed,
        "may_sign_off": is_mine and (signed or not readiness.unreviewed_by_anyone(record_request)),
        "is_my_sign_off": is_mine,
        "vacant": clinical.is_vacant(practice) and member.may(Permission.MANAGE_ORGANIZATION),
    }


def _verdict(verdict):
    @require_POST
    @with_record_request(allowed=permissions.can_review)
    @refused_to("qa")
    def decide(request, record_request, page):
        """Give the verdict and go on to the next page that needs one."""
        decided = review.decide(_page(record_request, page), verdict, by=request.member)
        sheaf = Sheaf(record_request)
        upcoming = sheaf.next_to_review(after=sheaf.find(decided.pk).position)
        return redirect("qa_page", record_request.public_id, upcoming.pk if upcoming else decided.pk)

    return decide


approve_page = _verdict(Verdict.APPROVED)
remove_page = _verdict(Verdict.REMOVED)


@require_POST
@with_record_request(allowed=permissions.can_review)
@refused_to("qa")
def reopen_page(request, record_request, page):
    """Take the verdict of this page back, whoever gave it; a removed page is in the release's way again."""
    review.decide(_page(record_request, page), Verdict.NONE, by=request.member)
    return redirect("qa_page", record_request.public_id, page)


@require_POST
@with_record_request(allowed=permissions.can_review)
@refused_to("qa")
def rotate_page(request, record_request, page):
    """A quarter turn clockwise, or the other way with `direction` "left"."""
    degrees = 270 if request.POST.get("direction") == "left" else 90
    review.rotate(_page(record_request, page), degrees, by=request.member)
    return redirect("qa_page", record_request.public_id, page)


@require_POST
@with_record_request(allowed=permissions.can_review)
@refused_to("qa")
def undo_verdict(request, record_request):
    """Take back one's own latest verdict and show its page."""
    page = review.undo(record_request, by=request.member)
    return redirect("qa_page", record_request.public_id, page.pk)


@require_POST
@with_record_request(allowed=permissions.can_review)
@refused_to("qa")
def tick_checklist(request, record_request, item):
    """`done` is "1" or "0"; `page` is where the person stands."""
    items = record_request.custodian_organization.checklist.filter(is_active=True)
    review.tick(
        record_request,
        get_object_or_404(items, pk=item),
        by=request.member,
        done=request.POST.get("done") == "1",
    )
    return _where_they_stood(request, record_request)


@require_POST
@with_record_request(allowed=permissions.can_review)
@refused_to("qa")
def clinical_review(request, record_request):
    """The Clinical Reviewer signs off, or takes it back: `done` is "1" or "0"; `page` is where they stand."""
    sign_off(record_request, by=request.member, done=request.POST.get("done") == "1")
    return _where_they_stood(request, record_request)


def _where_they_stood(request, record_request):
    asked = request.POST.get("page", "")
    leaf = next((leaf for leaf in Sheaf(record_request).leaves if str(leaf.pk) == asked), None)
    return (
        redirect("qa_page", record_request.public_id, leaf.pk)
        if leaf
        else redirect("qa", record_request.public_id)
    )


def _page(record_request, page):
    return get_object_or_404(record_request.pages.kept().select_related("record_request"), pk=page)
