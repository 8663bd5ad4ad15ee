"""The queue of files that `bin/run` uses, read while it is written."""

import builtins
import os
import uuid

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

import chartrequest.celery  # noqa: F401  (it says which transport "filesystem" is)
from chartrequest.file_queue import Channel


@pytest.fixture
def folder(tmp_path):
    for name in ("messages", "processed", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def queue(folder):
    options = {
        "data_folder_in": folder / "messages",
        "data_folder_out": folder / "messages",
        "processed_folder": folder / "processed",
        "control_folder": folder / "control",
        "store_processed": True,
    }
    with Connection("filesystem://", transport_options=options) as connection:
        # Kombu remembers in the process which queues it has made, whatever the folder: a new name each time.
        yield connection.SimpleQueue(uuid.uuid4().hex)


def test_what_is_put_is_got(queue):
    queue.put({"job": 7})
    message = queue.get(timeout=5)
    assert message.payload == {"job": 7}
    assert isinstance(queue.channel, Channel)


def test_nobody_sees_a_message_that_is_being_written(queue, folder, monkeypatch):
    """Whenever a file has been opened and not closed, no message stands in the folder."""
    seen, real = [], builtins.open

    def opening(*args, **options):
        file = real(*args, **options)
        seen.append([name for name in os.listdir(folder / "messages") if name.endswith(".msg")])
        return file

    monkeypatch.setattr("builtins.open", opening)
    queue.put({"job": 7})
    monkeypatch.undo()
    assert seen == [[]]
    assert queue.get(timeout=5).payload == {"job": 7}


def test_a_full_disk_is_said(queue, monkeypatch):
    def full(*args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.rename", full)
    with pytest.raises(ChannelError):
        queue.channel._put("jobs", {"job": 7})
