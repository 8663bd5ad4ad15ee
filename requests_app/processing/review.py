"""The review: every page gets a verdict from a person, the practice's checklist is ticked (product 6.4)."""

from django.utils import timezone
from django.utils.translation import gettext as _

from audit.models import MoveRefused
from requests_app import permissions
from requests_app.models import RecordPage, State
from requests_app.processing.holding import held
from requests_app.processing.signing_off import lift

RULE = {"allowed": permissions.can_review, "states": [State.QA]}
Verdict = RecordPage.Verdict
EVENTS = {Verdict.APPROVED: "page_approved", Verdict.REMOVED: "page_removed", Verdict.NONE: "page_reopened"}


def decide(page, verdict, *, by):
    """Give a page its verdict; `Verdict.NONE` takes it back. Of two reviewers the last counts."""
    with held(page.record_request, by=by, **RULE) as row:
        page = _fresh(row, page)
        if page.verdict != verdict:
            lift(row, by=by)
        page.verdict = verdict
        page.reviewed_by_id = by.actor.person_id if verdict else None
        page.reviewed_at = timezone.now() if verdict else None
        page.save(update_fields=["verdict", "reviewed_by", "reviewed_at"])
        _record(row, EVENTS[verdict], page, by)
    return page


def rotate(page, degrees, *, by):
    """Turn a page clockwise by 90, 180 or 270 degrees, on the screen and in the release."""
    with held(page.record_request, by=by, **RULE) as row:
        page = _fresh(row, page)
        page.rotation = (page.rotation + degrees) % 360
        page.save(update_fields=["rotation"])
        _record(row, "page_rotated", page, by, degrees=page.rotation)
    return page


def undo(record_request, *, by):
    """Take back this person's latest verdict on the request; returns its page. MoveRefused without one."""
    with held(record_request, by=by, **RULE) as row:
        mine = row.pages.kept().filter(reviewed_by=by.actor.person_id)
        page = mine.order_by("-reviewed_at", "-id").first()
        if page is None:
            raise MoveRefused(_("There is no verdict of yours to take back."))
        return decide(page, Verdict.NONE, by=by)


def tick(record_request, item, *, by, done):
    """Tick a line of the checklist for this request, or clear it. Doing it twice changes nothing."""
    with held(record_request, by=by, **RULE) as row:
        ticks = row.ticks.filter(item=item)
        if ticks.exists() == done:
            return
        if done:
            row.ticks.create(item=item, ticked_by_id=by.actor.person_id)
        else:
            ticks.delete()
        row.record("checklist_ticked" if done else "checklist_cleared", by=by, item=item.pk)


def _fresh(row, page):
    found = row.pages.kept().filter(pk=page.pk).first()
    if found is None:
        raise MoveRefused(_("The file of that page was removed meanwhile."))
    return found


def _record(row, event, page, by, **details):
    row.record(event, by=by, file=page.file_id, page=page.number, **details)
