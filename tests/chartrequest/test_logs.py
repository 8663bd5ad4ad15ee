"""Trust.md H: a log says what broke, never whose record it was."""

import json
import logging
import sys

import pytest

from chartrequest.logs import JSON, Scrub


def line(message, *args, error=None):
    record = logging.LogRecord("test", logging.ERROR, "here.py", 1, message, args, error)
    assert Scrub().filter(record)
    return logging.Formatter().format(record)


def raised(error, cause=None):
    try:
        raise error from cause
    except type(error):
        return sys.exc_info()


@pytest.mark.parametrize(
    "message",
    [
        "mail to rosa.miller@example.com bounced",
        "patient 078-05-1120 found",
        "ssn 078051120",
        "born 02/29/1960",
        "born 1960-02-29",
        "called (404) 555-0123",
        "GET /requests/?last_name=Miller&born=02%2F29%2F1960",
        "could not read Rosa Miller.pdf",
        "could not read 'Rosa Miller (1).TIFF'",
        "Key (last_name, born)=(Miller, 1960-02-29) already exists",
    ],
)
def test_what_may_be_health_information_is_taken_out(message):
    said = line(message)
    for secret in ("Miller", "miller", "078", "1960", "0123"):
        assert secret not in said


def test_what_a_person_typed_is_dropped_from_the_arguments():
    assert line("refused: %s", "Rosa Miller, broken hip") == "refused: […]"


def test_an_object_is_named_by_its_type():
    assert line("refused: %s of %s", ["Miller"], {"last_name"}) == "refused: [list] of [set]"


def test_ids_paths_and_numbers_stay():
    said = line("request %s at %s took %.1f s", 4821, "/inbound/", 0.25)
    assert said == "request 4821 at /inbound/ took 0.2 s"


def test_a_link_that_lets_somebody_in_is_cut():
    assert line("Internal Server Error: %s", "/sign/u7Jc9vVt3Qm0ZsX1pLdK8w/") == (
        "Internal Server Error: /sign/[token]/"
    )


def test_named_arguments_are_held_to_the_same_rule():
    said = line("%(name)s raised %(exc)s", {"name": "outbox.tasks.run", "exc": "ValueError('Miller')"})
    assert said == "outbox.tasks.run raised […]"


def test_a_message_whose_argument_lost_its_type_is_still_written():
    assert line("%d pages", "Rosa Miller") == "%d pages"


def test_a_traceback_keeps_the_place_and_loses_the_message():
    said = line("it broke", error=raised(ValueError("Miller is no date")))
    assert "test_logs.py" in said
    assert said.endswith("builtins.ValueError\n")
    assert "Miller" not in said.replace('ValueError("Miller is no date")', "")  # the line of code itself


def test_the_cause_is_told_too_without_its_message():
    said = line("it broke", error=raised(ValueError(), cause=KeyError("Rosa")))
    assert "builtins.KeyError" in said
    assert said.count("Rosa") == said.count('KeyError("Rosa")')


def test_the_console_handler_has_the_filter(settings):
    for handler in settings.LOGGING["handlers"].values():
        assert handler["filters"] == ["no_health_information"]


def test_json_lines_hold_the_scrubbed_words_and_the_place():
    record = logging.LogRecord(
        "app", logging.ERROR, "here.py", 1, "lost %s", ("Rosa Miller",), raised(ValueError("Miller"))
    )
    Scrub().filter(record)
    told = json.loads(JSON().format(record))
    assert told["event"] == "lost […]"
    assert told["level"] == "error"
    assert told["exception"].endswith("builtins.ValueError\n")
