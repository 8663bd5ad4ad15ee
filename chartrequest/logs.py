"""Logs tell what went wrong, never whose record it was (trust.md H: no health information in a log)."""

import logging
import re
import traceback
from numbers import Number
from uuid import UUID

import structlog

# A word that code writes: a path, a task's name, an id. What people write has spaces, quotes or parentheses.
WORD = re.compile(r"[\w./:@#+\[\]-]{1,200}")
FILE = "(?:pdf|png|jpe?g|tiff?|bmp|csv|xlsx?|docx?|rtf|mov|avi|mp4)"
MASKS = [
    (re.compile(r"\([^()]*\)=\([^()]*\)"), "(…)=(…)"),  # PostgreSQL: Key (email)=(rosa@…) already exists
    (re.compile(r"\?[^\s\"']+=[^\s\"']*"), "?…"),
    (re.compile(r"/[\w-]{20,}"), "/[token]"),
    (re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"), "[email]"),
    (re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\b(?<![.\d])\d{9}\b(?!\.)"), "[ssn]"),
    (re.compile(r"\b(\d{1,2}[/.-]\d{1,2}[/.-](\d{4}|\d{2})|\d{4}[/.-]\d{2}[/.-]\d{2})\b"), "[date]"),
    (re.compile(r"\+?\(?\b\d{3}\)?[ .-]\d{3}[ .-]\d{4}\b|\+1\d{10}\b"), "[phone]"),
    (re.compile(rf"(?i)([\"'])[^\"'\n]*\.{FILE}\1"), "[file]"),
    (re.compile(rf"(?:[A-Z][\w'-]*[ ,_]+){{0,4}}[^\s/\\]+\.(?i:{FILE})\b"), "[file]"),
]


class Scrub(logging.Filter):
    """Takes out of each record what may be health information; lets every record through.

    Of a message's arguments only numbers, ids and single words stay. Of an exception stay its type and where
    it was raised; its message may quote what a person typed, or a row. Local variables are never written.
    """

    def filter(self, record):
        if isinstance(record.msg, dict):  # from structlog
            record.msg = {key: _plain(value) for key, value in record.msg.items()}
        else:
            record.msg, record.args = _mask(_say(record)), ()
        if record.exc_info and record.exc_info[1]:
            record.exc_text = where_it_broke(record.exc_info[1])
        record.exc_info = None
        return True


class JSON(structlog.stdlib.ProcessorFormatter):
    """One JSON object a line, for whoever collects the logs of many processes."""

    def __init__(self):
        super().__init__(
            processors=[self.remove_processors_meta, structlog.processors.JSONRenderer(ensure_ascii=False)],
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.processors.TimeStamper(fmt="iso", utc=True),
                _keep_place,
            ],
        )


def _keep_place(_logger, _name, event):
    if place := event["_record"].exc_text:
        event["exception"] = place
    return event


def where_it_broke(error):
    """The traceback of an exception and its causes: files, lines, code and types, no messages."""
    lines = []
    if cause := error.__cause__ or (None if error.__suppress_context__ else error.__context__):
        lines += [where_it_broke(cause), "which led to\n"]
    lines += traceback.format_tb(error.__traceback__)
    return "".join([*lines, f"{type(error).__module__}.{type(error).__qualname__}\n"])


def _say(record):
    if isinstance(record.args, dict):
        args = {key: _plain(value) for key, value in record.args.items()}
    else:
        args = tuple(_plain(value) for value in record.args or ())
    try:
        return str(record.msg) % args if args else str(record.msg)
    except (TypeError, ValueError):  # "%d" of something that isn't a number any more
        return str(record.msg)


def _plain(value):
    if value is None or isinstance(value, Number | UUID):
        return value
    if isinstance(value, str):
        return _mask(value) if WORD.fullmatch(value) else "[…]"
    return f"[{type(value).__name__}]"


def _mask(text):
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text
