"""Processes that end with the test, whatever becomes of it."""

import ctypes
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>


def start(command, *, log, env=None, **pipes):
    """Start a program in a process group of its own; it ends when this process does."""
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            cwd=ROOT,
            env=env,
            start_new_session=True,
            preexec_fn=_die_with_parent,
            **{"stdout": out, "stderr": out, "stdin": subprocess.DEVNULL, **pipes},
        )


def _die_with_parent():
    ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)  # one that a test stopped hears nothing else


def kill(process):
    """kill -9 of a program and all that it started."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    process.wait(20)


def children(process):
    """The ids of the processes that it started itself."""
    return [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]


def kill_children(process):
    for pid in children(process):
        os.kill(pid, signal.SIGKILL)


def free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def until(claim, seconds=60, every=0.2):
    """Wait for a claim to come true; gives what it said. Fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (said := claim()):
        assert time.monotonic() < deadline, f"Not within {seconds} s"
        time.sleep(every)
    return said
