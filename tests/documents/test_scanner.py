"""A scanner of our own that speaks clamd's protocol over a real socket."""

import socketserver
import struct
import threading

import pytest

from documents import scanner
from documents.intake import FileRefused
from documents.models import Document
from tests.documents import make


class Clamd(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    limit = 100_000_000
    stumbles = 0

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.scanned = []


class Session(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.stumbles:
            self.server.stumbles -= 1
            return
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!L", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
            if len(content) > self.server.limit:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.scanned.append(content)
        found = make.EICAR in content
        self.wfile.write(b"stream: Eicar-Test-Signature FOUND\0" if found else b"stream: OK\0")


@pytest.fixture
def clamd(settings, monkeypatch):
    monkeypatch.setattr(scanner, "PAUSES", [0.01, 0.01])
    with Clamd() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"tcp://127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


def test_a_clean_file_is_taken_once_all_of_it_was_scanned(keep, clamd):
    content = make.pdf(50)
    assert keep(content).page_count == 50
    assert clamd.scanned == [content]


def test_a_file_with_something_in_it_is_refused(keep, clamd):
    with pytest.raises(FileRefused, match="virus scan found something"):
        keep(make.EICAR, "a.txt", "authorization")
    assert not Document.objects.exists()


def test_a_scanner_that_stumbles_is_asked_again(keep, clamd):
    clamd.stumbles = 2
    assert keep(make.pdf()).page_count == 1


def test_a_scanner_that_is_down_lets_nothing_by(keep, clamd):
    clamd.stumbles = 99
    with pytest.raises(FileRefused, match="can't be checked for viruses right now"):
        keep(make.pdf())
    assert not Document.objects.exists()


def test_a_scanner_that_nobody_can_reach_lets_nothing_by(keep, settings, clamd):
    settings.CLAMD = "unix:///nowhere/clamd.sock"
    with pytest.raises(FileRefused, match="right now"):
        keep(make.pdf())


def test_a_file_too_large_to_scan_is_not_let_by(keep, clamd):
    clamd.limit = 100
    with pytest.raises(FileRefused, match="right now"):
        keep(make.pdf())


def test_no_file_name_reaches_the_logs(keep, clamd, caplog):
    with pytest.raises(FileRefused):
        keep(make.EICAR, "Jane Doe HIV.txt", "authorization")
    assert "found something" in caplog.text
    assert "Jane" not in caplog.text
