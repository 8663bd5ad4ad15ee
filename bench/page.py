"""The page of one request: how many queries it takes, for either side, in every state.

The number in parentheses comes on top for somebody's first look within an hour, which is written down and marks
messages as read.
"""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.figures import Figure
from bench.lives import STATES, Lives

MOST = 15
# What opens and closes a transaction is told as well; it asks the database nothing.
FRAMES = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


def measure(size):
    lives = Lives("page")
    return [_in_state(lives, state) for state in STATES]


def _in_state(lives, state):
    record_request = lives.request_in(state)
    record_request.thread.post(by=lives.clara, body="Which dates do you need?")
    record_request.thread.post(by=lives.rosa, body="All of them, please.")
    sides = {"requestor": lives.rosa} | ({} if state == "draft" else {"practice": lives.clara})
    counts = {side: _looks(member, record_request) for side, member in sides.items()}
    here = "; ".join(f"{side} {again} (+{first - again})" for side, (first, again) in counts.items())
    most = max(again for _first, again in counts.values())
    return Figure(f"Queries, {record_request.get_state_display()}", here, "", f"at most {MOST}", most <= MOST)


def _looks(member, record_request):
    """Queries of the first look, which is written down and marks messages as read, and of the one after it."""
    client = Client()
    client.force_login(member.person)
    return _queries(client, record_request), _queries(client, record_request)


def _queries(client, record_request):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(record_request.get_absolute_url(), follow=False)
    assert response.status_code == 200, response.status_code
    return len([one for one in captured if not one["sql"].startswith(FRAMES)])
