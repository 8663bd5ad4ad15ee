"""Fee schedules live in the database with the day they begin; a quote can be made again, whatever came after."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing import fees
from billing.models import Edition, Quote
from billing.quoting import REDUCTION, again, reckon
from directory.models import Custodian, Service
from requests_app.processing import pricing
from tests import stage

pytestmark = pytest.mark.django_db


def custodian(**fields):
    return Custodian(
        name="Lakeside", **{"state": "GA", "kind": "physician", "provider_fee": Decimal("5.12")} | fields
    )


def price(of=None, on=None, **said):
    return reckon(
        custodian=of or custodian(),
        on=on,
        **{"requestor_class": "attorney", "medium": "paper", "pages": 64} | said,
    )


def dearer(on, code=None, **changes):
    """An edition in which the schedule that prices Georgia's paper copies asks for more from `on`."""
    edition = Edition.objects.in_force(on)
    row = edition.row(code or price().schedule_code)
    more = [{**tier, "rate": "9.00"} for tier in row["tiers"]]
    made, _is_new = edition.revised(
        row | {"tiers": more} | changes, effective_on=on, note="A new law.", by=None
    )
    return made


def test_a_new_database_holds_the_file():
    edition = Edition.objects.get()
    assert edition.version == fees.book().version
    assert len(edition.rows) == len(fees.book().schedules)


def test_a_new_edition_prices_from_its_first_day_on():
    dearer(date(2027, 1, 1))
    assert price(on=date(2026, 12, 31)).total < price(on=date(2027, 1, 1)).total


def test_of_two_editions_for_one_day_the_later_made_counts():
    dearer(date(2026, 1, 1))
    low = dearer(date(2026, 1, 1), max_total="7.00")
    assert Edition.objects.in_force(date(2026, 6, 1)) == low


def test_an_edition_is_never_edited_nor_deleted():
    edition = Edition.objects.get()
    for change in (
        edition.save,
        edition.delete,
        Edition.objects.all().delete,
        lambda: Edition.objects.update(note="x"),
    ):
        with pytest.raises(TypeError):
            change()


def test_the_same_rows_make_no_second_edition():
    edition, is_new = Edition.from_file(django_settings.FEE_SCHEDULES_FILE)
    assert (edition, is_new) == (Edition.objects.get(), False)


def test_an_edition_says_which_schedules_it_changes():
    code = price().schedule_code
    assert dearer(date(2027, 1, 1)).changed_codes == [code]


def test_a_malformed_row_makes_no_edition():
    edition = Edition.objects.get()
    with pytest.raises(fees.BadSchedule):
        edition.revised(
            edition.rows[0] | {"base_fee": "1e9"}, effective_on=date(2027, 1, 1), note="x", by=None
        )
    assert Edition.objects.count() == 1


def test_a_kept_quote_is_made_again_to_the_cent_after_law_and_fees_changed(pending):
    place = pending.custodian
    quoted = reckon(custodian=place, requestor_class="attorney", medium="paper", pages=64, is_rush=True,
                    services=list(place.services.all()))  # fmt: skip
    quote = Quote.keep(pending, Quote.Kind.ESTIMATE, quoted)
    dearer(date(2020, 1, 1))
    Service.objects.update(fee=Decimal("99.00"))
    Custodian.objects.update(provider_fee=Decimal("50.00"), rush_fee=Decimal("80.00"), name="Another name")
    with time_machine.travel(date(2034, 5, 5)):
        repeated = again(Quote.objects.get(pk=quote.pk))
    assert (repeated.lines, repeated.total) == (quote.lines, quote.total)


def test_what_the_practice_took_off_stays_off(pending, clara):
    stage.reviewed(pending, clara, pages=3)
    line = pricing.reckon(pending).lines[0]
    less = Decimal(line["amount"]) - Decimal("1.00")
    quote = pricing.release(pending, by=clara, amounts={0: less}, reason="An old customer").quote
    assert again(quote).total == quote.total == before_reductions(quote) - Decimal("1.00")
    assert again(quote).lines == quote.lines


def before_reductions(quote):
    return sum(Decimal(line["amount"]) for line in quote.lines if line["code"] != REDUCTION)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    state=st.sampled_from(fees.book().states),
    kind=st.sampled_from(["hospital", "physician", "any"]),
    requestor_class=st.sampled_from(["attorney", "insurer", "government", "patient", "provider"]),
    medium=st.sampled_from(["paper", "electronic"]),
    pages=st.integers(0, 3000),
    own_cost=st.none() | st.decimals(0, 500, places=2),
    years=st.integers(1, 9),
)
def test_any_price_is_made_again_the_same(state, kind, requestor_class, medium, pages, own_cost, years):
    of = custodian(state=state, kind=kind, rush_fee=Decimal("20.00"))
    reckoned = price(
        of,
        requestor_class=requestor_class,
        medium=medium,
        pages=pages,
        own_cost=own_cost,
        years=years,
        is_rush=True,
    )
    kept = Quote(
        lines=reckoned.lines,
        facts=reckoned.facts,
        total=reckoned.total,
        schedules_version=reckoned.schedules_version,
    )
    repeated = again(kept)
    assert (repeated.lines, repeated.total, repeated.facts) == (
        reckoned.lines,
        reckoned.total,
        reckoned.facts,
    )


def test_a_file_is_loaded_with_the_day_from_which_it_holds(tmp_path, capsys):
    file = tmp_path / "fee_schedules.toml"
    text = django_settings.FEE_SCHEDULES_FILE.read_text()
    file.write_text(text.replace('base_fee = "6.50"', 'base_fee = "6.25"', 1))
    call_command("load_fee_schedules", str(file), effective_on="2027-02-01", note="HHS lowers it")
    assert "us-hipaa-patient-flat" in capsys.readouterr().out
    assert Edition.objects.in_force(date(2027, 2, 1)).note == "HHS lowers it"


def test_a_file_that_is_none_is_refused_in_a_sentence(tmp_path):
    (tmp_path / "x.toml").write_text("[meta")
    with pytest.raises(CommandError, match="can't be read"):
        call_command("load_fee_schedules", str(tmp_path / "x.toml"))
    assert Edition.objects.count() == 1


def test_the_command_finds_a_quote_that_was_tampered_with(priced, capsys):
    Quote.keep(priced, Quote.Kind.PRICE, price())
    call_command("repeat_quotes")
    assert capsys.readouterr().out == "1 made again, 0 differ\n"
    Quote.objects.filter(kind="price").update(total=Decimal("1.00"))
    with pytest.raises(CommandError, match=r"1\.00 then"):
        call_command("repeat_quotes")
