"""Resident memory of a process and of the children it starts, as Linux tells it."""

import threading
import time
from pathlib import Path

MIB = 1024 * 1024


def resident(pid):
    """Bytes that the process holds now."""
    return _field(pid, "VmRSS")


class Watch:
    """While the block runs: `grown`, how far the process rose above its beginning, and `child`, its largest child."""

    def __init__(self, pid):
        self.pid, self.grown, self.child = pid, 0, 0

    def __enter__(self):
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")  # the high-water mark begins anew
        self.before = resident(self.pid)
        self._over = threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)
        self._looker.start()
        return self

    def __exit__(self, *_error):
        self._over.set()
        self._looker.join()
        self.grown = _field(self.pid, "VmHWM") - self.before

    def _look(self):
        while not self._over.is_set():
            for child in _children(self.pid):
                self.child = max(self.child, _field(child, "VmHWM"))
            time.sleep(0.02)


def _children(pid):
    try:
        return [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in _words(task / "children")]
    except OSError:
        return []


def _words(path):
    try:
        return path.read_text().split()
    except OSError:
        return []


def _field(pid, name):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith(f"{name}:")), 0)
