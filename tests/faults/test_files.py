"""The store is gone, the disk is full, a reader hangs: a sentence, and nothing half."""

import os
import signal
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import stage
from tests.faults.processes import until

pytestmark = pytest.mark.faults
MIB = 1024 * 1024


@pytest.fixture
def one(house):
    return house.tell("submitted")


def upload(house, one, content):
    file = ("records.pdf", content, "application/pdf")
    return house.browser("clara").post(f"/inbound/{one}/upload/", files={"files": file})


@contextmanager
def store_gone(house):
    """Where the folder was is something that is none."""
    files, aside = house.folder / "files", house.folder / "aside"
    files.rename(aside)
    files.write_text("")
    try:
        yield
    finally:
        files.unlink()
        aside.rename(files)


def test_an_upload_to_a_store_that_is_gone_is_refused_in_a_sentence(house, one):
    with store_gone(house):
        answer = upload(house, one, stage.pdf(2, one))
    assert answer.status_code == 422
    assert "The file could not be saved. Nothing was kept." in answer.text
    assert house.tell("files", one) == 0
    house.comes_to_rest()


def test_a_delivery_waits_for_the_store(house):
    owed = house.tell("priced")
    with store_gone(house):
        house.browser("rosa").post(f"/requests/{owed['id']}/pay/", owed)
        house.tell("soon_waiting", "requests.deliver")
        assert house.tell("state", owed["id"]) == "ordered"
    house.comes_to_rest()
    assert house.tell("state", owed["id"]) == "completed"


def test_a_download_from_a_store_that_is_gone_says_to_come_back(house):
    one = house.tell("paid")
    house.comes_to_rest()
    rosa = house.browser("rosa")
    with store_gone(house):
        answer = rosa.get(f"/requests/{one}/records/")
    assert answer.status_code == 503
    assert "reach its files" in answer.text
    assert rosa.get(f"/requests/{one}/records/").status_code == 200


@pytest.mark.parametrize(
    ("size", "room"),
    [(500_000, 100_000), (3 * MIB, 100_000), (500_000, 500_000), (3 * MIB, 3 * MIB)],
    ids=["spool", "upload", "small sealed", "large sealed"],
)
def test_a_full_disk_refuses_in_a_sentence(house, one, size, room):
    content = stage.pdf(1, one)
    content += os.urandom(size - len(content))
    house.limit_files("web", room)
    try:
        answer = upload(house, one, content)
    finally:
        house.limit_files("web", -1)
    assert answer.status_code == 422
    assert "The file could not be saved. Nothing was kept." in answer.text
    assert house.tell("files", one) == 0
    assert upload(house, one, content).status_code == 302
    house.comes_to_rest()


def test_a_reader_that_hangs_is_stopped_and_the_file_refused(house, one):
    answers = []
    sending = threading.Thread(target=lambda: answers.append(upload(house, one, stage.pdf(1, one))))
    sending.start()
    os.kill(until(lambda: _reader(house), every=0.005), signal.SIGSTOP)
    sending.join()
    assert answers[0].status_code == 422
    assert "takes too much to open" in answers[0].text
    assert house.tell("files", one) == 0


def _reader(house):
    """The process that reads a stranger's file for web."""
    masters = [house.running["web"].pid]
    for _generation in range(2):
        masters = [child for pid in masters for child in _children(pid)]
    return next((pid for pid in masters if b"documents.child" in _command(pid)), None)


def _command(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _children(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found
