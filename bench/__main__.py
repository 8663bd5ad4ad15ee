"""`python -m bench [PART…]`, inside the scratch world that bin/bench makes."""

import argparse
import importlib
from dataclasses import dataclass

import django

PARTS = {
    "lists": "Lists of requests",
    "sweeps": "Sweeps",
    "page": "The page of a request",
    "intake": "Taking a file in",
    "release": "Release and download",
    "weight": "Weight of a first look",
    "registry": "The national registry",
}


@dataclass(frozen=True)
class Size:
    """How much is measured: requests in the lists, rounds, pages taken in, MB released, registry entries."""

    requests: int = 1_000_000
    rounds: int = 40
    pages: int = 500
    megabytes: int = 200
    registry: int = 8_000_000


QUICK = Size(requests=200, rounds=2, pages=6, megabytes=2, registry=2000)


def main():
    said = _arguments()
    django.setup()
    from bench import report

    size = QUICK if said.quick else _size(said)
    sections = []
    for part in said.parts or PARTS:
        figures = importlib.import_module(f"bench.{part}").measure(size)
        sections.append((PARTS[part], figures))
        report.show(*sections[-1])
        if said.write:
            report.write(
                said.write, sorted(sections, key=lambda one: list(PARTS.values()).index(one[0])), size
            )


def _size(said):
    asked = {"requests": said.requests, "registry": said.registry}
    return Size(**{name: count for name, count in asked.items() if count})


def _arguments():
    parser = argparse.ArgumentParser(prog="bin/bench", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*PARTS, []], metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--quick", action="store_true", help="tiny sizes: does it run at all?")
    parser.add_argument("--requests", type=int, help="requests in the lists, 1,000,000 if not said")
    parser.add_argument("--registry", type=int, help="entries of the registry, 8,000,000 if not said")
    parser.add_argument("--write", metavar="FILE", help="write the table to FILE, such as docs/figures.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
