"""Running a child program on a stranger's file, with limits on memory, time and output (product 11.2)."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
GIB = 1024**3


@dataclass(frozen=True)
class Limits:
    """Bytes of address space, seconds of processor and of clock, bytes a written file may have."""

    memory: int = 2 * GIB
    cpu: int = 20
    wall: int = 30
    output: int = GIB


class ChildFailed(Exception):
    """The program was stopped by a limit or fell over; `reports` is what it had said until then."""

    def __init__(self, why, reports):
        super().__init__(why)
        self.reports = reports


def run(program, job, *, files=(), limits=Limits(), stdin=b""):
    """Run `documents.child.<program>` and return its reports, a list of dicts. Raises ChildFailed.

    `files` are open files that the child may open by `path_of(file)`. The child gets no environment of ours.
    """
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as given:
        given.write(json.dumps({**job, "limits": asdict(limits)}).encode() + b"\n" + stdin)
        given.seek(0)
        child = subprocess.Popen(
            [sys.executable, "-P", "-m", "documents.child", program],
            stdin=given,
            stdout=said,
            stderr=subprocess.DEVNULL,
            pass_fds=[file.fileno() for file in files],
            cwd=ROOT,
            env=_environment(),
        )
        try:
            child.wait(limits.wall)
        except subprocess.TimeoutExpired:
            log.warning("Child program %s was stopped after %s s", program, limits.wall)
        finally:
            child.kill()
            child.wait()
        said.seek(0)
        reports = [json.loads(line) for line in said.read().splitlines() if line.endswith(b"}")]
    if not reports or not reports[-1].pop("done", False):
        raise ChildFailed(f"{program} ended with {child.returncode}", reports)
    return reports[:-1]


def _environment():
    """None of ours, which holds secrets."""
    return {
        "PATH": os.defpath,
        "PYTHONPATH": str(ROOT),
        "LC_ALL": "C.UTF-8",
        "HOME": "/nonexistent",
        "TMPDIR": tempfile.gettempdir(),
    }


def path_of(file):
    """Where a child finds a file that was handed to it."""
    return f"/proc/self/fd/{file.fileno()}"
