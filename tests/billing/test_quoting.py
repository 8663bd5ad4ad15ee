"""A price: the law's lines, the custodian's own on top, each once, adding up to the cent."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing import fees
from billing.models import Quote
from billing.quoting import estimated_pages, reckon
from directory.models import Custodian, Service

pytestmark = pytest.mark.django_db

D = Decimal
SERVICES = [Service(kind="certification", fee=D("9.70")), Service(kind="images", fee=D("15.00"))]


def custodian(**fields):
    said = {"name": "Lakeside", "state": "GA", "kind": "physician", "agreed_copy_fee": D("12.00")} | fields
    return Custodian(**said)


def price(of=None, **asked):
    said = {"requestor_class": "attorney", "medium": "electronic", "pages": 64} | asked
    return reckon(custodian=of or custodian(), **said)


def amounts(reckoned):
    return {line["code"]: D(line["amount"]) for line in reckoned.lines}


def test_the_law_comes_first_and_names_itself():
    reckoned = price(medium="paper")
    assert reckoned.total == D("25.88") + 20 * D("0.97") + 44 * D("0.83")
    assert {line["citation"] for line in reckoned.lines} == {"O.C.G.A. § 31-33-3"}
    assert reckoned.schedule_code == "ga-general"


def test_each_service_is_a_line_at_its_own_fee():
    assert amounts(price(services=SERVICES))["images"] == D("15.00")


def test_a_service_the_law_prices_is_charged_once():
    codes = [line["code"] for line in price(services=SERVICES).lines]
    assert codes.count("certification") == 1


@pytest.mark.parametrize(("own", "charged"), [("20.00", "9.70"), ("5.00", "5.00"), ("9.70", "9.70")])
def test_the_law_is_the_ceiling_of_what_it_prices(own, charged):
    service = Service(kind="certification", fee=D(own))
    assert amounts(price(services=[service]))["certification"] == D(charged)


def test_one_fee_that_covers_two_kinds_is_charged_once():
    both = [Service(kind="certification", fee=D("30")), Service(kind="notary", fee=D("30"))]
    codes = [line["code"] for line in price(custodian(state="TN"), services=both).lines]
    assert codes.count("certification") + codes.count("notary") == 1


def test_rush_and_the_provider_fee_are_lines_of_their_own():
    of = custodian(rush_fee=D("30.00"), provider_fee=D("5.00"))
    said = amounts(price(of, is_rush=True))
    assert (said["rush"], said["provider_fee"]) == (D("30.00"), D("5.00"))


def test_without_an_agreed_fee_the_price_stays_open_where_the_law_names_none():
    reckoned = price(custodian(agreed_copy_fee=None))
    assert not reckoned.is_complete
    assert price(custodian(agreed_copy_fee=None), own_cost=D("7.50")).is_complete


def test_a_patient_pays_the_flat_copy_and_nothing_on_top():
    of = custodian(rush_fee=D("30.00"), provider_fee=D("5.00"))
    reckoned = price(of, requestor_class="patient", services=SERVICES, is_rush=True)
    assert reckoned.total == D("6.50")


def test_a_practice_pays_nothing():
    assert price(requestor_class="provider", services=SERVICES, is_rush=True).total == 0


def test_a_territory_without_a_table_is_priced_by_the_federal_row():
    assert price(custodian(state="PR")).schedule_code.startswith("us-")


def test_the_price_keeps_what_it_hangs_on():
    facts = price(services=SERVICES).facts
    assert (facts["state"], facts["pages"], [one["code"] for one in facts["asked"]]) == (
        "GA",
        64,
        [service.kind for service in SERVICES],
    )


def test_an_estimate_assumes_at_least_one_page():
    assert estimated_pages([]) == estimated_pages(["images"]) == 1
    assert estimated_pages(["medical", "billing"]) > estimated_pages(["billing"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    state=st.sampled_from(fees.book().states),
    kind=st.sampled_from(["hospital", "physician", "any"]),
    requestor_class=st.sampled_from(["attorney", "insurer", "government", "patient", "provider"]),
    medium=st.sampled_from(["paper", "electronic"]),
    pages=st.integers(0, 5000),
    is_rush=st.booleans(),
)
def test_the_lines_shown_add_up_to_the_total(state, kind, requestor_class, medium, pages, is_rush):
    of = custodian(state=state, kind=kind, provider_fee=D("5.01"), rush_fee=D("20.00"))
    reckoned = price(
        of, requestor_class=requestor_class, medium=medium, pages=pages, services=SERVICES, is_rush=is_rush
    )
    assert sum(D(line["amount"]) for line in reckoned.lines) == reckoned.total
    assert reckoned.total >= 0


def test_a_kept_quote_says_what_was_reckoned(priced):
    reckoned = price(services=SERVICES)
    quote = Quote.keep(priced, Quote.Kind.ESTIMATE, reckoned)
    quote.refresh_from_db()
    assert (quote.lines, quote.total, quote.facts) == (reckoned.lines, reckoned.total, reckoned.facts)
