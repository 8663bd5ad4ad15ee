"""The virus scan: clamd's INSTREAM protocol. `settings.CLAMD` is `tcp://host:3310` or `unix:///path`.

Empty means that there is no scanner, which the ops page says. A scanner that is set but can't be reached
fails the upload, after three tries: a file is never let by unscanned.
"""

import logging
import socket
import struct
import time
from urllib.parse import urlsplit

from django.conf import settings

from documents.store import CHUNK

log = logging.getLogger(__name__)

TIMEOUT = 60
PAUSES = [0.2, 1.0]


class ScannerDown(Exception):
    """The scanner did not answer, or could not scan the whole file."""


def is_clean(file):
    """False if the scanner names something in the open `file`. Raises ScannerDown."""
    if not settings.CLAMD:
        return True
    for pause in [*PAUSES, None]:
        try:
            answer = _ask(file)
        except OSError as error:
            log.error("Virus scanner unreachable: %s", type(error).__name__)
        else:
            if answer.endswith("FOUND"):
                log.error("The virus scanner found something in an upload")
                return False
            if answer.endswith(": OK"):
                return True
            log.error("The virus scanner could not scan: %s", answer)
        if pause:
            time.sleep(pause)
    raise ScannerDown


def _ask(file):
    file.seek(0)
    with _connection() as connection:
        connection.sendall(b"zINSTREAM\0")
        try:
            while chunk := file.read(CHUNK):
                connection.sendall(struct.pack("!L", len(chunk)) + chunk)
            connection.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has an answer already, such as its size limit
        return connection.makefile("rb").read(4096).rstrip(b"\0\n").decode("ascii", "replace")


def _connection():
    address = urlsplit(settings.CLAMD)
    if address.scheme == "unix":
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(TIMEOUT)
        connection.connect(address.path)
        return connection
    return socket.create_connection((address.hostname, address.port or 3310), TIMEOUT)
