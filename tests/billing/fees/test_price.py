"""One row and the facts: order, ceilings, floors, what is left open, what is shown."""

from decimal import Decimal

import pytest

from billing.fees import NoSchedule, price
from tests.billing.fees.cases import facts, made, row_price


def codes(priced):
    return [line.code for line in priced.lines]


def labels(priced):
    return [line.label for line in priced.lines]


def test_the_lines_name_pages_rates_and_source():
    line = row_price("ga-general", 64).lines[2]
    assert (line.label, line.quantity, str(line.rate), str(line.amount)) == (
        "Pages 21 to 64",
        44,
        "0.83",
        "36.52",
    )
    assert line.citation == "O.C.G.A. § 31-33-3"


def test_a_page_ceiling_stops_pages_and_a_total_ceiling_all():
    assert codes(row_price("nj-representative", 200)) == ["base", "pages", "page_ceiling"]
    assert codes(row_price("sc-electronic", 900)) == ["base", "pages", "pages", "ceiling"]


def test_the_ceiling_line_says_what_was_taken_off():
    line = row_price("mo-electronic", 60).lines[-1]
    assert (line.label, str(line.amount), line.ceiling) == (
        "The law’s ceiling is $25.00",
        "-10.00",
        Decimal("25.00"),
    )


def test_the_floor_is_a_line():
    line = row_price("vt-paper", 4).lines[-1]
    assert (line.code, str(line.amount)) == ("floor", "3.00")


def test_half_a_cent_goes_up_once():
    priced = row_price("il-electronic", 26)  # 51.405
    assert str(priced.total) == "51.41"
    assert sum(line.exact for line in priced.lines) == Decimal("51.405")


def test_half_cents_of_two_lines_make_one_cent():
    row = made(base_fee="0.00", tiers=[{"from": 1, "to": 1, "rate": "0.005"}, {"from": 2, "rate": "0.005"}])
    priced = price(row, facts(2))
    assert str(priced.total) == "0.01"
    assert [str(line.amount) for line in priced.lines] == ["0.01", "0.00"]


def test_steps_are_shown_as_the_rule():
    assert labels(row_price("tx-physician-electronic", 501)) == [
        "Copies, 501 pages: $25.00 for 500 pages or fewer, $50.00 for more"
    ]
    assert len(row_price("mn-paper", 101).lines) == 1


@pytest.mark.parametrize(
    ("pages", "first"), [(10, "Base fee, covers pages 1 to 10"), (0, "Base fee, covers pages 1 to 10")]
)
def test_a_base_that_covers_pages_says_so(pages, first):
    assert labels(row_price("or-general", pages)) == [first]


def test_postage_as_paid_is_open_until_known():
    priced = row_price("ga-general", 1, mailed=True)
    assert priced.lines[-1].is_open
    assert "Postage" in priced.open[0]
    with pytest.raises(NoSchedule):
        _ = priced.due


def test_known_postage_closes_the_price():
    assert str(row_price("ga-general", 1, mailed=True, postage=Decimal("2.04")).due) == "28.89"


def test_postage_not_granted_is_not_charged():
    priced = row_price("nd-paper", 1, mailed=True, postage=Decimal("9.00"))
    assert str(priced.due) == "20.00"


def test_virginias_ceiling_holds_the_postage():
    assert str(row_price("va-electronic", 1000, mailed=True, postage=Decimal("9.00")).due) == "160.00"


def test_south_carolinas_ceiling_does_not_hold_the_postage():
    assert str(row_price("sc-paper", 1000, mailed=True, postage=Decimal("9.00")).due) == "209.00"


def test_own_cost_fills_the_open_line():
    assert str(row_price("ga-general-nonpaper", 64, own_cost=Decimal("14.12")).due) == "40.00"


@pytest.mark.parametrize(("own", "total"), [(None, "150.00"), ("20.00", "20.00"), ("400.00", "150.00")])
def test_own_cost_under_a_ceiling(own, total):
    priced = row_price("me-electronic", 64, own_cost=Decimal(own) if own else None)
    assert str(priced.total) == total
    assert priced.is_complete == (own is not None)


def test_own_cost_does_not_move_a_price_of_law():
    assert row_price("ga-general", 9, own_cost=Decimal("1.00")).total == row_price("ga-general", 9).total


def test_images_without_a_rate_are_open():
    assert "images" in row_price("al-general", 5, images=2).open[0]


def test_a_flat_copy_covers_its_images():
    assert row_price("mn-electronic", 5, images=2).is_complete


def test_a_fee_the_row_does_not_grant_is_noted_not_charged():
    priced = row_price("ny-paper", 4, certified=True, rush=True)
    assert str(priced.total) == "3.00"
    assert "grants no fee for: certification" in priced.notes[0]


def test_one_fee_for_two_signatures_is_noted():
    priced = row_price("ok-third-party-paper", 1, certified=True, affidavit=True)
    assert codes(priced)[2:] == ["certification"]
    assert any("One fee covers" in note for note in priced.notes)


def test_a_free_copy_says_no_charge():
    assert labels(row_price("tx-ssa-free", 40)) == ["No charge"]


def test_stale_and_thin_figures_are_marked_for_review():
    assert len(row_price("tx-hospital-paper", 1).review) == 2
    assert row_price("ne-general", 1).review == ()


def test_the_version_is_kept():
    assert len(row_price("ga-general", 1).version) == 64
