"""The real web process beside this one: gunicorn, one worker, on the scratch database."""

import http.client
import os
import secrets
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.test import Client

CHUNK = 1024 * 1024


@contextmanager
def serving():
    """A `Web` that answers; it is stopped at the end."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port = door.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "chartrequest.wsgi"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "BIND": f"127.0.0.1:{port}", "WEB_PROCESSES": "1"},
    )
    try:
        yield Web(port, server.pid)
    finally:
        server.terminate()
        server.wait(30)


class Web:
    def __init__(self, port, master):
        self.port, self.address = port, f"http://127.0.0.1:{port}"
        self.pid = _answering(port, master)

    def get(self, path, member):
        """Fetch a page or file, throw it away, and return how many bytes it had."""
        connection = self._ask("GET", path, member)
        response = connection.getresponse()
        assert response.status == 200, (path, response.status)
        size, room = 0, bytearray(CHUNK)
        while count := response.readinto(room):
            size += count
        connection.close()
        return size

    def upload(self, path, member, field, file):
        """Send the file at `file` by the form at `path`, as a browser does; the answer's status."""
        token, edge = secrets.token_hex(16), secrets.token_hex(16)
        head = (
            f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
            f'--{edge}\r\nContent-Disposition: form-data; name="{field}"; filename="{file.name}"\r\n'
            "Content-Type: application/pdf\r\n\r\n"
        ).encode()
        tail = f"\r\n--{edge}--\r\n".encode()
        connection = self._ask(
            "POST",
            path,
            member,
            headers={
                "Content-Type": f"multipart/form-data; boundary={edge}",
                "Content-Length": str(len(head) + file.stat().st_size + len(tail)),
            },
            token=token,
            body=_pieces(head, file, tail),
        )
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status

    def _ask(self, verb, path, member, *, headers=None, token="0" * 32, body=None):
        cookies = f"{settings.SESSION_COOKIE_NAME}={session(member)}; {settings.CSRF_COOKIE_NAME}={token}"
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        connection.request(verb, path, body=body, headers={"Cookie": cookies, **(headers or {})})
        return connection


def _answering(port, master):
    """The worker's process id, once it answers."""
    children = Path(f"/proc/{master}/task/{master}/children")
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            if workers := children.read_text().split():
                return int(workers[0])
        except OSError:
            pass
        time.sleep(0.1)
    raise RuntimeError("The web process did not start; what it said is above.")


def session(member):
    """A session's key, signed in as `member`."""
    client = Client()
    client.force_login(member.person)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _pieces(head, file, tail):
    yield head
    with file.open("rb") as stream:
        while piece := stream.read(CHUNK):
            yield piece
    yield tail
