"""The activity speaks: whatever the code writes down has its words, found by reading the source."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from accounts.membership import history
from billing.models import Dispute, Payment
from requests_app import telling
from requests_app.processing import review
from tests import stage

SOURCES = ["requests_app", "billing"]
# Cards have a chain of their own, which nobody is told in words yet.
OF_CARDS = {"card_added", "card_renewed", "card_shared", "card_unshared", "card_removed"}
# Where the event is no plain word, it is one of these. A new such place fails the test below.
COMPUTED = {
    ("requests_app/viewing.py", "what"): set(),  # note, note_always: their callers are read
    ("requests_app/processing/review.py", "event"): set(review.EVENTS.values()),
    ("requests_app/processing/review.py", "EVENTS[verdict]"): set(review.EVENTS.values()),
    ("billing/settling.py", "f'payment_{state}'"): {
        f"payment_{state}" for state in (Payment.State.DECLINED, Payment.State.CANCELED)
    },
    ("billing/models/dispute.py", "f'dispute_{said.state}'"): {
        f"dispute_{state}" for state in Dispute.State.values
    },
    ("billing/models/refund.py", "event"): {
        f"refund_{what}" for what in ("approved", "denied", "paid", "failed")
    },
}
PLACE = {"record": 0, "_record": 1, "note": 2, "note_always": 2}  # which argument names the event


def calls():
    """`(file, called name, argument that names the event)` of every entry the code writes."""
    for file in (file for app in SOURCES for file in Path(settings.BASE_DIR, app).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if not isinstance(node, ast.Call):
                continue
            # Several entries at once; `append` alone is every list's.
            if ast.unparse(node.func) == "Activity.objects.append":
                yield str(file.relative_to(settings.BASE_DIR)), "append", node.args[0]
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in PLACE and len(node.args) > PLACE[name]:
                yield str(file.relative_to(settings.BASE_DIR)), name, node.args[PLACE[name]]


def events():
    """`(events, places whose event can't be read)`."""
    found, unread = {"viewed"}, set()
    for file, _name, argument in calls():
        said = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
        if all(isinstance(one, ast.Constant) for one in said):
            found |= {one.value for one in said}
        else:
            unread.add((file, ast.unparse(argument)))
    return found, unread


def verbs():
    """The moves: the names of functions under @verb, or the event it gives them."""
    source = Path(settings.BASE_DIR, "requests_app/models/verbs.py").read_text()
    for node in ast.walk(ast.parse(source)):
        for made in getattr(node, "decorator_list", []):
            if isinstance(made, ast.Call) and getattr(made.func, "id", "") == "verb":
                said = {word.arg: word.value for word in made.keywords}
                yield said["event"].value if "event" in said else node.name


def test_the_source_is_really_read():
    found, _ = events()
    assert {"assembled", "faxed", "invoiced", "downloaded", "checklist_cleared"} <= found
    assert {"submit", "price", "revoked"} <= set(verbs())


def test_every_event_has_its_words():
    found, _ = events()
    said = (found | set(verbs()) | set().union(*COMPUTED.values())) - OF_CARDS
    assert said <= set(telling.SENTENCES) | set(history.SENTENCES)  # those of an organization are told there


def test_no_event_is_made_in_a_place_nobody_knows():
    _, unread = events()
    assert unread == set(COMPUTED)


@pytest.mark.django_db
def test_a_reason_pages_and_an_amount_are_told(pending, clara):
    pending.mark_incomplete(by=clara, reason="illegible")
    newest = telling.History(pending, newest=1).activity[0]
    assert (newest.who, newest.what, newest.more) == (
        "Clara Example",
        "marked it as incomplete",
        "Authorization can't be read",
    )


@pytest.mark.django_db
def test_a_review_page_by_page_does_not_bury_the_rest(pending, clara):
    stage.reviewed(pending, clara, pages=12)
    brief = [line.what for line in telling.History(pending, newest=8).activity]
    assert brief[:2] == ["began the review of the records", "uploaded records"]
    whole = telling.History(pending).activity
    assert [(line.what, line.times) for line in whole[:1]] == [("approved a page", 12)]
