"""Trust.md H: no health information in a trace."""

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from chartrequest.sentry import strip, watch


class Kept(Transport):
    """Holds what would have been sent."""

    def __init__(self):
        super().__init__()
        self.sent = []

    def capture_envelope(self, envelope):
        self.sent.append(envelope)


@pytest.fixture
def kept():
    watch("https://key@sentry.example/1", release="1", environment="test")
    kept = sentry_sdk.get_client().transport = Kept()
    yield kept
    sentry_sdk.init(dsn=None)


def broken(last_name):
    raise ValueError(f"{last_name} is no date")


def test_an_error_is_told_without_what_it_says(kept):
    try:
        broken("Mill" + "er")
    except ValueError:
        sentry_sdk.capture_exception()
    [envelope] = kept.sent
    told = envelope.serialize()
    assert b"ValueError" in told
    assert b"test_sentry.py" in told
    assert b"Miller" not in told


def test_a_request_and_its_person_are_taken_out():
    event = {
        "request": {"data": "Miller"},
        "user": {"email": "m"},
        "contexts": {"trace": {}, "celery-job": {}},
    }
    assert strip(event) == {"contexts": {"trace": {}}}
