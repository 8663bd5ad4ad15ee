"""Plain text has no mark of its own: it holds no control characters, and is no markup and no program."""

import codecs
import re

CHUNK = 1024 * 1024
CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
MARKUP = re.compile(
    rb"^[\s\xef\xbb\xbf]*(<\?xml|<!doctype|<!--|<(html|head|body|svg|script|iframe|xml|math)\b|#!|<%|<\?php)",
    re.IGNORECASE,
)
UTF_16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


def inspect(job):
    """`text/csv` or `text/plain`, as the name says; where it says neither, it is not taken for text."""
    if job["ending"] not in {"txt", "csv"}:
        return {"refused": "kind"}
    with open(job["path"], "rb") as file:
        head = file.read(4096)
        encoding = UTF_16.get(head[:2])
        if encoding and is_markup(head[2:].decode(encoding, "replace").encode()):
            return {"refused": "kind"}
        if is_markup(head):
            return {"refused": "kind"}
        file.seek(2 if encoding else 0)
        decode = codecs.getincrementaldecoder(encoding or "latin-1")().decode
        try:
            while chunk := file.read(CHUNK):
                if CONTROL.search(decode(chunk).encode("utf-8") if encoding else chunk):
                    return {"refused": "kind"}
            decode(b"", True)
        except UnicodeError:
            return {"refused": "damaged"}
    return {"media_type": "text/csv" if job["ending"] == "csv" else "text/plain"}


def inspect_rtf(_job, media_type):
    return {"media_type": media_type}


def is_markup(head):
    return bool(MARKUP.match(head))
