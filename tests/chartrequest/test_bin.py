"""bin/run: says in one sentence why it can't start, and leaves nothing behind when it ends."""

import fcntl
import os
import signal
import socket
import subprocess
import time
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def start(tmp_path):
    """A function that starts bin/run on its own data folder, and takes it down in the end."""
    started = []

    def run(*, port, data=tmp_path / "var", **said):
        environment = {
            name: value
            for name, value in os.environ.items()
            if name not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL", "BROKER_URL", "SITE_URL", "LOG_LEVEL")
        } | {"PORT": str(port), "DATA_DIR": str(data)}
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
        started.append(
            subprocess.Popen([ROOT / "bin/run"], env=environment, start_new_session=True, **pipes, **said)
        )
        return started[-1]

    yield run
    for process in started:
        process.terminate()
        process.communicate(timeout=120)


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """A data folder that outlives one start: the second is the quick one."""
    return tmp_path_factory.mktemp("kept")


@pytest.fixture
def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def told(process):
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    return said


def test_a_taken_port_is_told_in_one_sentence(start):
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        port = door.getsockname()[1]
        said = told(start(port=port))
    assert said == f"Port {port} is taken; stop what uses it, or choose another: PORT={port + 1} bin/run\n"


@pytest.mark.parametrize("port", ["080", "x", "0", "65536", "-1"])
def test_what_is_no_port_is_told(start, port):
    assert told(start(port=port)).startswith("PORT must be a number")


def test_a_data_folder_that_can_not_be_made_is_told(start, tmp_path, free_port):
    (tmp_path / "file").write_text("")
    assert told(start(port=free_port, data=tmp_path / "file" / "var")).endswith(
        f"DATA_DIR can't be made: {tmp_path}/file/var\n"
    )


def test_debian_packages_are_named_to_whoever_is_not_root():
    script = ". bin/setup.sh; id() { echo 1000; }; need_packages no-such-package"
    done = subprocess.run(["bash", "-c", script], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "sudo apt-get install -y --no-install-recommends no-such-package" in done.stderr.replace(
        "sudo apt-get update && ", ""
    )


def test_two_on_one_data_folder_are_refused(start, tmp_path, free_port):
    with (tmp_path / ".running").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        assert "already running on" in told(start(port=free_port, data=tmp_path))


def deaf():
    """As a shell's script starts what it puts into the background."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@pytest.mark.parametrize(
    ("ending", "born"), [(signal.SIGINT, None), (signal.SIGTERM, None), (signal.SIGINT, deaf)]
)
def test_it_answers_and_then_leaves_nothing_behind(start, kept, free_port, ending, born):
    process = start(port=free_port, data=kept, preexec_fn=born)
    try:
        wait_for(lambda: process.poll() is not None or answers(free_port))
        told_to_others = readable_by_others(kept)
    finally:
        process.send_signal(ending)
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    assert f"ChartRequest is at http://localhost:{free_port}" in said
    assert not left_behind(kept)
    assert not told_to_others


def readable_by_others(data):
    """What another account of this machine could read of the records and their keys; style sheets are no secret."""
    assert (data / "db.sqlite3").exists()
    found = []
    for path in data.rglob("*"):
        with suppress(FileNotFoundError):  # tasks and write-ahead logs come and go
            if "static" not in path.parts and path.stat().st_mode & 0o077:
                found.append(path)
    return found


def answers(port):
    try:
        web = HTTPConnection("127.0.0.1", port, timeout=5)
        web.request("GET", "/healthz")
        return web.getresponse().status == 200
    except OSError:
        return False


def wait_for(claim, seconds=240):
    until = time.monotonic() + seconds
    while not claim():
        assert time.monotonic() < until
        time.sleep(0.2)


def left_behind(folder):
    """The processes that were started for this folder: each has it in its environment."""
    mark = f"DATA_DIR={folder}".encode()
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            found += [process.name] if mark in (process / "environ").read_bytes().split(b"\0") else []
        except OSError:  # it has ended, or belongs to somebody else
            continue
    return found
