"""`python -m documents.child PROGRAM`: limits first, then the job from standard input."""

import ctypes
import importlib
import json
import os
import resource
import signal
import sys

DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG of <linux/prctl.h>


def main():
    job = json.loads(sys.stdin.readline())
    limits = job.pop("limits")
    resource.setrlimit(resource.RLIMIT_AS, (limits["memory"], limits["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (limits["cpu"], limits["cpu"] + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits["output"], limits["output"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DIE_WITH_PARENT, signal.SIGKILL)
    lines = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # libraries that print must not speak in our place

    def report(**facts):
        lines.write(json.dumps(facts) + "\n")

    program = importlib.import_module(f"documents.child.{sys.argv[1]}")
    try:
        program.main(job, report)
    except MemoryError:
        report(refused="too_much")
    report(done=True)


main()
