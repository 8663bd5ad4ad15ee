"""All rows, all usual page counts, both ways of asking."""

import contextlib
import itertools

import pytest

from billing.fees import Case, KindNeeded, book, choose
from billing.fees.facts import CUSTODIAN_KINDS, MEDIA, REQUESTORS
from tests.billing.fees.cases import TODAY, quoted, row_price

ROWS = book().schedules
PAGES = (0, 1, 10, 25, 26, 50, 100, 101, 250, 500)
NO_FIGURE = {
    "ak-none", "az-general", "hi-general", "ia-general", "id-general", "ks-general", "ky-other",
    "ma-physician", "nc-other", "nh-other", "nm-general", "ny-electronic", "ut-electronic", "vt-other-media",
    "wy-general",
    "co-patient", "dc-patient", "nh-patient", "ut-patient", "va-patient", "wv-patient",
    "us-hipaa-patient", "us-ssa-dds", "us-va-records", "us-third-party-directive",
}  # fmt: skip
A_BASE_AND_OWN_COST = {"ga-general-nonpaper", "mi-third-party-nonpaper", "mt-electronic"}
OWN_COST_UNDER_A_CEILING = {"me-electronic", "nh-electronic"}


def test_the_file_is_the_whole_file():
    assert len(ROWS) == 151
    assert len(book().states) == 52


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_row_prices_every_count_and_never_falls(row):
    totals = [row_price(row.code, pages).total for pages in PAGES]
    assert totals == sorted(totals)


def test_exactly_the_rows_without_figures_leave_the_price_open():
    left_open = {row.code for row in ROWS if not row_price(row.code, 10).is_complete}
    assert left_open == NO_FIGURE | A_BASE_AND_OWN_COST | OWN_COST_UNDER_A_CEILING


@pytest.mark.parametrize("code", sorted(NO_FIGURE))
def test_no_figure_is_said_and_not_zero(code):
    priced = row_price(code, 10)
    assert any(line.is_open for line in priced.lines)
    assert "must be stated" in priced.open[0]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.code)
def test_a_zero_total_is_a_free_copy_or_open(row):
    priced = row_price(row.code, 10)
    free = row.code.endswith("-free") or row.code in {
        "ky-first-copy",
        "wi-electronic",
        "us-provider-continuity",
    }
    assert (priced.total == 0 and priced.is_complete) == free


@pytest.mark.parametrize("state", book().states)
def test_every_case_of_a_state_has_an_answer(state):
    for requestor, medium, kind in itertools.product(REQUESTORS, MEDIA, CUSTODIAN_KINDS):
        priced = quoted(state, requestor, medium, 64, kind)
        assert priced.lines
        assert priced.total or priced.open or priced.lines[0].code == "no_charge"


@pytest.mark.parametrize("state", book().states)
def test_no_two_rows_are_equally_near_a_case(state):
    from billing.fees.choose import _fits, _specific

    for requestor, medium, kind in itertools.product(REQUESTORS, MEDIA, CUSTODIAN_KINDS):
        case = Case(state, requestor, medium, kind)
        near = [_specific(r, requestor) for r in book().of_state(state) if _fits(r, case, requestor)]
        assert near.count(max(near, default=None)) <= 1


def test_every_state_row_is_reached_by_some_case():
    """A row that no case reaches is a row nobody would notice being wrong."""
    reached = set()
    for state, requestor, medium, kind in itertools.product(
        book().states, REQUESTORS, MEDIA, CUSTODIAN_KINDS
    ):
        with contextlib.suppress(KindNeeded):
            reached.add(choose(book(), Case(state, requestor, medium, kind), TODAY).code)
    assert {row.code for row in ROWS if row.state != "US"} - reached == set()
