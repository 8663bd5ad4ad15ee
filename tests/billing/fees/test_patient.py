"""The patient's own copy: 45 CFR 164.524(c)(4) and product 7.3."""

from decimal import Decimal

import pytest

from billing.fees import NoSchedule, book
from tests.billing.fees.cases import quoted

STATES = [state for state in book().states if state != "US"]
NEVER = {"base", "labor", "years", "certification", "affidavit", "notary", "rush", "handling"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["any", "hospital", "physician"])
def test_an_electronic_copy_never_costs_more_than_the_flat_option(state, kind):
    priced = quoted(
        state, "patient", "electronic", 400, kind, mailed=True, rush=True, certified=True, years=9
    )
    assert priced.total <= Decimal("6.50")
    assert priced.is_complete


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("medium", ["paper", "electronic"])
def test_no_state_lets_a_patient_be_charged_for_searching(state, medium):
    more = {
        "labor_minutes": 90,
        "years": 4,
        "mailed": True,
        "certified": True,
        "notary": True,
        "affidavit": True,
    }
    priced = quoted(state, "patient", medium, 5, "hospital", rush=True, **more)
    searches = [line for line in priced.lines if line.code in NEVER and line.label.startswith("Search")]
    extras = {line.code for line in priced.lines} & (NEVER - {"base"})
    assert not searches
    assert not extras


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["any", "hospital", "physician"])
@pytest.mark.parametrize("pages", [1, 2, 5, 30])
def test_an_electronic_copy_has_no_line_for_search_retrieval_or_pages(state, kind, pages):
    priced = quoted(state, "patient", "electronic", pages, kind)
    assert not [line for line in priced.lines if line.code == "pages" or "page" in line.label.lower()]
    assert sum(line.amount for line in priced.lines) == priced.total


def test_the_default_is_six_fifty():
    priced = quoted("CT", "patient", "electronic", 200)
    assert (str(priced.total), priced.schedule_code) == ("6.50", "us-hipaa-patient-flat")


@pytest.mark.parametrize(
    ("state", "pages", "total", "code"),
    [
        ("KY", 300, "0.00", "ky-first-copy"),
        ("WI", 300, "0.00", "wi-electronic"),
        ("NV", 2, "5.00", "nv-electronic"),
        ("MD", 11, "6.27", "md-patient-electronic"),
        ("MD", 12, "6.50", "us-hipaa-patient-flat"),
        ("CT", 10, "6.50", "us-hipaa-patient-flat"),
    ],
)
def test_state_law_counts_where_it_is_lower(state, pages, total, code):
    priced = quoted(state, "patient", "electronic", pages)
    assert (str(priced.total), priced.schedule_code) == (total, code)


def test_the_states_search_fee_falls_away_before_comparing():
    priced = quoted("AL", "patient", "electronic", 3)
    assert [(line.code, line.quantity, str(line.amount)) for line in priced.lines] == [("copies", 1, "3.00")]


def test_a_lower_own_cost_wins():
    priced = quoted("CT", "patient", "electronic", 200, own_cost=Decimal("2.10"))
    assert (str(priced.total), priced.schedule_code) == ("2.10", "us-hipaa-patient")


def test_a_higher_own_cost_does_not_lift_the_flat_option():
    assert str(quoted("CT", "patient", "electronic", 200, own_cost=Decimal("40.00")).total) == "6.50"


def test_paper_waits_for_the_custodians_cost_under_the_states_rate():
    priced = quoted("CA", "patient", "paper", 100)
    assert (str(priced.total), priced.schedule_code) == ("25.00", "ca-patient")
    with pytest.raises(NoSchedule, match="must state its own cost"):
        _ = priced.due


@pytest.mark.parametrize(("own", "due"), [("9.00", "9.00"), ("30.00", "25.00")])
def test_paper_costs_the_lower_of_own_cost_and_state_rate(own, due):
    assert str(quoted("CA", "patient", "paper", 100, own_cost=Decimal(own)).due) == due


def test_paper_without_a_state_rate_is_the_own_cost_alone():
    priced = quoted("GA", "patient", "paper", 100)
    assert (priced.schedule_code, priced.is_complete) == ("us-hipaa-patient", False)
    stated = quoted("GA", "patient", "paper", 100, own_cost=Decimal("12.00"))
    assert str(stated.due) == "12.00"


def test_the_states_own_cost_rule_is_cited_where_it_has_one():
    assert quoted("VA", "patient", "paper", 100).schedule_code == "va-patient"


def test_postage_of_a_paper_copy_is_as_paid():
    priced = quoted(
        "GA", "patient", "paper", 9, own_cost=Decimal("4.00"), mailed=True, postage=Decimal("1.63")
    )
    assert str(priced.due) == "5.63"


def test_a_free_paper_copy_waits_for_nothing():
    assert str(quoted("KY", "patient", "paper", 100).due) == "0.00"


def test_the_page_rule_shown_to_a_patient_leaves_out_the_retrieval_fee():
    priced = quoted("MN", "patient", "paper", 30)
    assert "$10.00" not in priced.lines[0].label


def test_the_states_free_copies_are_told():
    assert any("Social Security" in note for note in quoted("VA", "patient", "electronic", 9).notes)
