"""What holds of every price and every cancellation, for any input: sums, ceilings, more pages, told again."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing import cancellation, fees, quoting
from billing.fees.facts import MEDIA, REQUESTORS
from billing.models import Quote, Tariff
from billing.models.tariff import FIRST
from directory.models import Custodian, Service

pytestmark = pytest.mark.django_db
D = Decimal
ANY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
dollars = st.integers(0, 50_000).map(lambda cents: D(cents) / 100)
pages = st.integers(0, 3000)
STATES = [*fees.book().states, "PR", ""]  # also where no schedule names the state

places = st.builds(
    Custodian,
    name=st.just("Lakeside"),
    state=st.sampled_from(STATES),
    kind=st.sampled_from([kind.value for kind in Custodian.Kind]),
    provider_fee=dollars,
    rush_fee=dollars,
    agreed_copy_fee=st.none() | dollars,
)
services = st.lists(
    st.builds(Service, kind=st.sampled_from([kind.value for kind in Service.Kind]), fee=dollars),
    unique_by=lambda one: one.kind,
    max_size=4,
)
requests = st.fixed_dictionaries(
    {
        "custodian": places,
        "requestor_class": st.sampled_from(REQUESTORS),
        "medium": st.sampled_from(MEDIA),
        "services": services,
        "is_rush": st.booleans(),
        "own_cost": st.none() | dollars,
        "years": st.integers(0, 20),
        "images": st.integers(0, 30),
        "labor_minutes": st.integers(0, 600),
        "mailed": st.booleans(),
        "postage": st.none() | dollars,
    }
)
# The kind of a place is asked for where a state has two tables; it is never guessed.
NEEDS_KIND = fees.KindNeeded


def reckoned(said, count):
    try:
        return quoting.reckon(pages=count, on=date(2026, 11, 25), **said)
    except NEEDS_KIND:
        return None


def sum_of(one):
    return sum((D(line["amount"]) for line in one.lines), D(0))


def kept(one, kind):
    return Quote(
        kind=kind,
        lines=one.lines,
        facts=one.facts,
        total=one.total,
        schedule_code=one.schedule_code,
        schedules_version=one.schedules_version,
    )


@ANY
@given(requests, pages)
def test_a_price_is_the_sum_of_its_lines_in_whole_cents(said, count):
    one = reckoned(said, count)
    if one:
        assert sum_of(one) == one.total == one.total.quantize(D("0.01")) >= 0


@ANY
@given(requests, pages, pages)
def test_more_pages_never_cost_less(said, fewer, more):
    fewer, more = sorted((fewer, more))
    less = reckoned(said, fewer)
    if less:
        assert less.total <= reckoned(said, more).total


@ANY
@given(requests, pages)
def test_patients_and_practices_pay_nothing_on_top(said, count):
    """Whatever was asked for, rush and fees of the place are no part of the right of access (product 7.3)."""
    plain = said | {"services": [], "is_rush": False}
    for who in ("patient", "provider"):
        one = reckoned(said | {"requestor_class": who}, count)
        if one:
            place = replace_fees(said["custodian"])
            other = reckoned(plain | {"requestor_class": who, "custodian": place}, count)
            assert one.total == other.total
            assert who == "patient" or one.total == 0


def replace_fees(place):
    """The same place without fees of its own."""
    return Custodian(
        name=place.name, state=place.state, kind=place.kind, agreed_copy_fee=place.agreed_copy_fee
    )


@ANY
@given(requests, pages)
def test_a_patient_s_electronic_copy_never_costs_more_than_the_flat_option(said, count):
    one = reckoned(said | {"requestor_class": "patient", "medium": "electronic"}, count)
    if one:
        assert one.total <= D("6.50")


@ANY
@given(requests, pages)
def test_no_copy_charge_is_above_the_law_s_ceiling(said, count):
    one = reckoned(
        said | {"services": [], "is_rush": False, "custodian": replace_fees(said["custodian"])}, count
    )
    if one is None:
        return
    row = fees.book().by_code(one.schedule_code)
    if row.max_total is not None and said["requestor_class"] not in ("patient", "provider"):
        beside = {"certification", "affidavit", "notary", "rush", "postage", "handling"}
        bounded = sum((D(line["amount"]) for line in one.lines if line["code"] not in beside), D(0))
        # Each shown line is the rounded running sum less the one before: a cent for each line beside.
        assert bounded <= row.max_total + D("0.01") * len(one.lines)


@ANY
@given(requests, pages)
def test_a_price_told_again_is_the_same_to_the_line(said, count):
    one = reckoned(said, count)
    if one:
        again = quoting.again(kept(one, "price"))
        assert (again.lines, again.total, again.facts) == (one.lines, one.total, one.facts)


ended = st.fixed_dictionaries(
    {
        "requestor_class": st.sampled_from(REQUESTORS),
        "custodian": places,
        "rejections": st.integers(0, 40),
        "own_fees": dollars,
        "bank_fee": dollars,
    }
)
tariffs = st.fixed_dictionaries(
    {name: dollars for name in Tariff.AMOUNTS} | {"pages_at_first_rate": st.integers(0, 500)}
)


@ANY
@given(ended, tariffs, pages)
def test_a_cancellation_is_the_sum_of_its_lines_and_is_told_again_after_the_tariff_changed(
    said, tariff, count
):
    with transaction.atomic():
        Tariff.objects.create(**FIRST | tariff)
        one = cancellation.reckon(pages=count, **said)
        Tariff.objects.create(**FIRST)
        again = cancellation.again(kept(one, "cancellation"))
        transaction.set_rollback(True)
    assert sum_of(one) == one.total == one.total.quantize(D("0.01")) >= 0
    assert (again.lines, again.total, again.facts) == (one.lines, one.total, one.facts)


@ANY
@given(ended, tariffs, pages, pages, st.integers(0, 40))
def test_more_pages_and_more_rejections_never_cost_less_to_cancel(said, tariff, fewer, more, rejections):
    fewer, more = sorted((fewer, more))
    few, many = sorted((said["rejections"], rejections))
    with transaction.atomic():
        Tariff.objects.create(**FIRST | tariff)
        less = cancellation.reckon(pages=fewer, **said | {"rejections": few})
        dearer = cancellation.reckon(pages=more, **said | {"rejections": many})
        transaction.set_rollback(True)
    assert less.total <= dearer.total


@ANY
@given(ended, pages)
def test_a_cancellation_is_what_product_7_6_says(said, count):
    """Reckoned a second time in one line, from the amounts as they stand there."""
    one = cancellation.reckon(pages=count, **said)
    copies = D("1.00") * min(count, 100) + D("0.75") * max(0, count - 100)
    others = said["custodian"].provider_fee + said["own_fees"] + said["bank_fee"]
    whole = D("49.95") + copies + D("4.95") * said["rejections"] + others + D("3.00")
    free = said["requestor_class"] in ("patient", "provider")
    assert one.total == (0 if free else whole)


@ANY
@given(ended, pages)
def test_each_line_of_a_cancellation_is_its_quantity_times_its_rate(said, count):
    one = cancellation.reckon(pages=count, **said)
    for line in one.lines:
        if line["code"] != "no_charge":
            assert D(line["amount"]) == line["quantity"] * D(line["rate"])
            assert line["citation"]
