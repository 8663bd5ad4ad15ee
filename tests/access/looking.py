"""What the table's runner looks at: an answer's body without what differs each time, and what was written."""

import re
from contextlib import contextmanager

from django.db import connections

from tests.access.world import CASE_NUMBER, NAMES, SSN

EACH_TIME = re.compile(
    rb'(nonce="[^"]*"|data-left="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|nonce-[^\x27 ]*'
    rb'|<input type="hidden" name="next"[^>]*>)'
)
PRACTICE = {"clara", "carl", "dora", "fred", "rita", "nora", "lily"}
WRITE = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')


def body(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def bare(content, address):
    """A body, comparable: without nonces, tokens and the address that was asked for."""
    return EACH_TIME.sub(b"", content).replace(address.partition("?")[0].encode(), b"")


@contextmanager
def writing():
    """Collects the tables that are written to, whatever becomes of it; a session is nobody's business."""
    written = set()

    def note(execute, sql, params, many, context):
        found = WRITE.match(sql)
        if found and found.group(1) != "django_session":
            written.add(found.group(1))
        return execute(sql, params, many, context)

    with connections["default"].execute_wrapper(note):
        yield written


def check_everywhere(person, answer, content):
    """What holds for each answer to anybody: private, no name in title or address, numbers only where allowed."""
    assert answer.status_code < 500
    assert "no-store" in answer["Cache-Control"]
    text = content.decode(errors="replace")
    title = text.partition("<title>")[2].partition("</title>")[0]
    for name in NAMES:
        assert name not in title
        assert name not in answer.get("Location", "")
    if person in PRACTICE:
        assert CASE_NUMBER not in text


def shows_ssn(content):
    return SSN.encode() in content or b"219-09-9999" in content
