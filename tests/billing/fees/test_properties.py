"""What must hold for every row and any facts. No row's price falls when pages are added; ND electronic costs
more than ND paper to 44 pages, which is the law's own oddity."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from billing.fees import Case, book, price, quote
from billing.fees.facts import CUSTODIAN_KINDS, MEDIA, REQUESTORS
from billing.fees.lines import cents
from tests.billing.fees.cases import facts

ROWS = st.sampled_from(book().schedules)
PAGES = st.integers(0, 3000)
EXTRAS = st.fixed_dictionaries(
    {
        "labor_minutes": st.integers(0, 600),
        "years": st.integers(0, 20),
        "images": st.integers(0, 30),
        "mailed": st.booleans(),
        "certified": st.booleans(),
        "affidavit": st.booleans(),
        "notary": st.booleans(),
        "rush": st.booleans(),
        "own_cost": st.none() | st.decimals(0, 900, places=2),
        "postage": st.none() | st.decimals(0, 90, places=2),
    }
)
CASES = st.builds(
    Case,
    st.sampled_from(book().states),
    st.sampled_from(REQUESTORS),
    st.sampled_from(MEDIA),
    st.sampled_from(CUSTODIAN_KINDS),
)
BESIDE = {"certification", "affidavit", "notary", "rush", "postage", "handling"}


@given(ROWS, PAGES, EXTRAS)
def test_the_lines_add_up_and_are_rounded_once(row, pages, extras):
    priced = price(row, facts(pages, **extras))
    assert sum(line.amount for line in priced.lines) == priced.total
    assert cents(sum(line.exact for line in priced.lines)) == priced.total
    assert all(abs(line.amount - line.exact) < Decimal("0.01") for line in priced.lines)


@given(ROWS, PAGES, EXTRAS)
def test_no_price_is_above_its_ceiling_or_below_its_floor(row, pages, extras):
    lines = price(row, facts(pages, **extras)).lines
    bounded = sum(line.exact for line in lines if line.code not in BESIDE)
    assert row.max_total is None or bounded <= row.max_total
    assert row.min_total is None or bounded >= row.min_total
    charged = sum(line.exact for line in lines if line.code in ("pages", "page_ceiling"))
    assert row.max_copy_total is None or charged <= row.max_copy_total


@given(ROWS, PAGES, PAGES, EXTRAS)
def test_more_pages_never_cost_less(row, fewer, more, extras):
    fewer, more = sorted((fewer, more))
    assert price(row, facts(fewer, **extras)).total <= price(row, facts(more, **extras)).total


@given(CASES, PAGES, PAGES)
def test_more_pages_of_a_case_never_cost_less(case, fewer, more):
    fewer, more = sorted((fewer, more))
    assert quote(book(), case, facts(fewer)).total <= quote(book(), case, facts(more)).total


@given(CASES, PAGES, EXTRAS)
def test_a_quote_is_repeatable(case, pages, extras):
    asked = facts(pages, **extras)
    assert quote(book(), case, asked) == quote(book(), case, asked)


@given(CASES, PAGES, EXTRAS)
def test_no_facts_lift_a_patients_electronic_copy_over_the_flat_option(case, pages, extras):
    own = Case(case.state, "patient", "electronic", case.custodian_kind)
    assert 0 <= quote(book(), own, facts(pages, **extras)).total <= Decimal("6.50")


@given(ROWS)
def test_no_pages_cost_no_page_charge(row):
    assert not [line for line in price(row, facts(0)).lines if line.code == "pages"]
