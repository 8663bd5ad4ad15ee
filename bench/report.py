"""Where the figures go: to the terminal and, with --write, into a document."""

import os
import platform
import subprocess
from datetime import date
from pathlib import Path

from bench.figures import table

MARK = "<!-- figures: written by bin/bench, below this line -->"


def show(title, figures):
    print(f"\n{title}\n{table(figures)}", flush=True)


def write(name, sections, size):
    """Replace all below the mark of the document `name` by these figures; what is above it stays."""
    path = Path(name)
    above = path.read_text().partition(MARK)[0] if path.exists() else "# Figures\n\n"
    parts = [f"{above}{MARK}\n\n{_circumstances(size)}\n"]
    parts += [f"## {title}\n\n{table(figures)}\n" for title, figures in sections]
    path.write_text("\n".join(parts))


def _circumstances(size):
    with open("/proc/meminfo") as facts:
        memory = int(facts.readline().split()[1]) / 1e6
    postgres = subprocess.run(
        ["psql", "--version"], capture_output=True, text=True, check=False
    ).stdout.split()
    return (
        f"Taken on {date.today():%B %-d, %Y}: {os.cpu_count()} cores, {memory:.0f} GB, "
        f"Python {platform.python_version()}, PostgreSQL {postgres[2] if len(postgres) > 2 else ''}, "
        f"{size.requests:,} requests, {size.rounds} rounds. "
        f"Load average at the end: {os.getloadavg()[1]:.1f}."
    )
