"""manage.py quote: what it prints, and what it refuses with one sentence and exit code 1."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

pytestmark = pytest.mark.django_db
GA = ("--state", "GA", "--requestor", "attorney", "--medium", "paper")


def said(*arguments):
    out = io.StringIO()
    call_command("quote", *arguments, stdout=out)
    return out.getvalue()


def test_the_law_of_the_state_as_json():
    answer = json.loads(said(*GA, "--pages", "64", "--json"))
    assert (answer["schedule"], answer["total"], answer["complete"]) == ("ga-general", "81.80", True)
    assert [line["amount"] for line in answer["lines"]] == ["25.88", "19.40", "36.52"]


def test_an_open_price_is_said_as_json():
    answer = json.loads(said("--state", "ga", *GA[2:4], "--medium", "electronic", "--pages", "64", "--json"))
    assert (answer["schedule"], answer["total"], answer["complete"]) == (
        "ga-general-nonpaper",
        "25.88",
        False,
    )
    assert answer["open"]


def test_a_table_for_people():
    table = said("--schedule", "il-electronic", "--pages", "60")
    assert "Pages 26 to 50" in table
    assert [row.split() for row in table.splitlines() if row.startswith("Total")] == [["Total", "64.00"]]


def test_a_table_says_what_is_still_to_be_stated():
    table = said("--schedule", "ga-general-nonpaper", "--pages", "60")
    assert "to be stated" in table
    assert "Total so far" in table


def test_every_option_reaches_the_price():
    options = ["--labor-minutes", "16", "--images", "2", "--mailed", "--postage", "1.50"]
    answer = json.loads(said("--schedule", "mi-workers-comp", "--pages", "10", *options, "--json"))
    assert answer["total"] == "41.00"  # 4.50 + 2*2.50 + 2*15 + 1.50


def test_years_kind_and_day_reach_the_price():
    case = ("--state", "FL", "--requestor", "attorney", "--medium", "paper", "--custodian-kind", "hospital")
    answer = json.loads(said(*case, "--pages", "3", "--years", "4", "--on", "2026-02-28", "--json"))
    assert (answer["total"], answer["on"]) == ("7.00", "2026-02-28")


def test_the_custodians_own_cost_reaches_the_price():
    answer = json.loads(said("--schedule", "nh-electronic", "--pages", "3", "--own-cost", "12.50", "--json"))
    assert (answer["total"], answer["complete"]) == ("12.50", True)


@pytest.mark.parametrize(
    "pages", ["-1", "1.5", "1e3", "NaN", "1,000", "", " ", "٣", "１２", "1000001", "9" * 40]
)
def test_pages_that_are_no_count_are_refused(pages):
    with pytest.raises(CommandError, match="pages must be a whole number"):
        said(*GA, f"--pages={pages}")


@pytest.mark.parametrize(
    "day", ["2026-02-30", "02/03/2026", "0001-01-01", "9999-01-01", "", "20260101", "today"]
)
def test_a_day_that_is_none_is_refused(day):
    with pytest.raises(CommandError, match="day"):
        said(*GA, "--pages", "1", f"--on={day}")


@pytest.mark.parametrize("amount", ["-0.01", "0.001", "1e9", "NaN", "1,000.00", "٣"])
def test_an_amount_that_is_none_is_refused(amount):
    with pytest.raises(CommandError, match="own cost must be an amount"):
        said(*GA, "--pages", "1", f"--own-cost={amount}")


@pytest.mark.parametrize(
    "wrong",
    [
        ("--state", "ZZ"),
        ("--state", ""),
        ("--requestor", "friend"),
        ("--medium", "vellum"),
        ("--custodian-kind", "spa"),
        ("--schedule", "ga-nothing"),
        ("--years", "-2"),
        ("--images", "x"),
        ("--labor-minutes", "1000000"),
    ],
)
def test_what_is_unknown_is_refused(wrong):
    with pytest.raises(CommandError):
        said(*GA, "--pages", "1", *wrong)


@pytest.mark.parametrize("gone", ["state", "requestor", "medium"])
def test_what_the_law_hangs_on_must_be_given(gone):
    at = GA.index(f"--{gone}")
    with pytest.raises(CommandError, match=f"Give --{gone}"):
        said(*GA[:at], *GA[at + 2 :], "--pages", "1")


def test_pages_must_be_given():
    with pytest.raises(CommandError, match="how many pages"):
        said(*GA)


@pytest.mark.parametrize("arguments", [("--pages", "-5"), ("--pages", "-1e9"), ("--pages",), ("--nonsense",)])
def test_a_refusal_is_one_line_and_exit_code_1(arguments):
    root = Path(__file__).parents[3]
    ended = subprocess.run(
        [sys.executable, "manage.py", "quote", *GA, *arguments],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert len(ended.stderr.strip().splitlines()) == 1
