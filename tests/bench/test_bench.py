"""bin/bench runs: each part on tiny sizes. What it measures there means nothing, so no time is looked at."""

import os
import subprocess
from pathlib import Path

import pytest

from bench.clock import in_turns, p50, p95
from bench.figures import Figure, ratio, table
from bench.report import MARK, write

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.postgres
@pytest.mark.browser
def test_every_part_runs_and_prints_its_table(tmp_path):
    kept = {key: value for key, value in os.environ.items() if key not in {"DATA_DIR", "DATABASE_URL"}}
    written = tmp_path / "figures.md"
    done = subprocess.run(
        [ROOT / "bin/bench", "--quick", "--write", written],
        env=kept,
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr
    for title in (
        "Lists of requests",
        "Sweeps",
        "The page of a request",
        "Taking a file in",
        "Release and download",
        "Weight",
        "The national registry",
    ):
        assert title in done.stdout
        assert title in written.read_text()


def test_a_ratio_holds_up_to_its_bound():
    assert ratio("One", 20, 10, 2).result == "holds"
    assert ratio("One", 21, 10, 2).result == "falls short"


def test_what_has_no_bound_has_no_result():
    assert Figure("Told", "5 s").result == ""


def test_the_table_is_markdown():
    head, rule, row = table([Figure("One", "1 ms")]).splitlines()
    assert head.startswith("| Figure")
    assert set(rule) == {"|", "-"}
    assert row.count("|") == head.count("|")


def test_things_are_timed_in_turns_and_warm():
    order = []
    a, b = in_turns(lambda: order.append("a"), lambda: order.append("b"), rounds=2, warm=1)
    assert order == ["a", "b"] * 3
    assert (len(a), len(b)) == (2, 2)


def test_percentiles():
    times = [float(n) for n in range(1, 101)]
    assert (p50(times), round(p95(times))) == (50.5, 95)


def test_what_stands_above_the_mark_stays(tmp_path):
    from bench.__main__ import Size

    page = tmp_path / "figures.md"
    page.write_text(f"Why\n{MARK}\nold")
    write(page, [("Part", [Figure("One", "1 ms")])], Size())
    assert page.read_text().startswith(f"Why\n{MARK}")
    assert "One" in page.read_text()
    assert "old" not in page.read_text()
