"""What ending a request costs, line by line (product 7.6)."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command

from billing import cancellation
from billing.fees import NoSchedule
from billing.models import Quote, Tariff
from billing.models.tariff import FIRST
from directory.models import Custodian

pytestmark = pytest.mark.django_db
D = Decimal
NEXT_YEAR = date(2027, 1, 1)


def dearer(on=NEXT_YEAR, **changes):
    return Tariff.objects.create(**FIRST | {"valid_from": on, "base": D("60.00")} | changes)


def cost(**asked):
    said = {"requestor_class": "attorney", "pages": 0, "rejections": 0, "custodian": Custodian()} | asked
    return cancellation.reckon(**said)


def amounts(reckoned):
    return [(line["code"], D(line["amount"])) for line in reckoned.lines]


def test_with_nothing_retrieved_it_is_the_base_and_handling():
    assert amounts(cost()) == [("base", D("49.95")), ("handling", D("3.00"))]


@pytest.mark.parametrize(
    ("pages", "charged"),
    [(1, "1.00"), (99, "99.00"), (100, "100.00"), (101, "100.75"), (140, "130.00"), (1000, "775.00")],
)
def test_pages_cost_less_beyond_the_hundredth(pages, charged):
    assert cost(pages=pages).total == D("52.95") + D(charged)


def test_each_time_it_was_sent_back_counts():
    assert ("rejections", D("14.85")) in amounts(cost(rejections=3))


def test_fees_of_others_are_added_as_they_are():
    reckoned = cost(custodian=Custodian(provider_fee=D("5.00")), own_fees=D("12.34"), bank_fee=D("1.50"))
    assert reckoned.total == D("52.95") + D("5.00") + D("12.34") + D("1.50")


@pytest.mark.parametrize("who", ["patient", "provider"])
def test_patients_and_practices_pay_nothing(who):
    assert cost(requestor_class=who, pages=500, rejections=4).total == 0


def test_its_lines_add_up_and_name_their_basis():
    reckoned = cost(pages=150, rejections=2)
    assert sum(amount for _code, amount in amounts(reckoned)) == reckoned.total
    assert all(line["citation"] for line in reckoned.lines)


def test_it_says_which_tariff_it_used():
    code = cost(on=date(2026, 1, 1)).schedule_code
    assert code.startswith("cancellation-2020-01-01-v")
    assert Tariff.objects.called(code) == Tariff.objects.get()


def test_a_new_tariff_charges_from_its_first_day_on():
    dearer()
    assert cost(on=date(2026, 12, 31)).total == D("52.95")
    assert cost(on=NEXT_YEAR).total == D("63.00")


def test_of_two_tariffs_for_one_day_the_later_made_counts():
    dearer()
    dearer(reopening=D("12.00"), base=D("1.00"))
    assert cost(on=NEXT_YEAR).total == D("4.00")
    assert cancellation.tariff(NEXT_YEAR).reopening == D("12.00")


def test_reopening_costs_ten_dollars_until_ops_say_otherwise():
    assert cancellation.tariff(date(2026, 11, 25)).reopening == D("10.00")


def test_a_day_before_the_first_tariff_is_refused_not_guessed():
    with pytest.raises(NoSchedule):
        cost(on=date(2019, 12, 31))


def test_a_tariff_is_never_edited_nor_deleted():
    tariff = Tariff.objects.get()
    for change in (
        tariff.save,
        tariff.delete,
        Tariff.objects.all().delete,
        lambda: Tariff.objects.update(base=D("1.00")),
    ):
        with pytest.raises(TypeError):
            change()


def test_a_cancellation_is_reckoned_again_to_the_cent_whatever_changed_since(pending):
    place = pending.custodian
    place.provider_fee = D("7.25")
    told = cost(custodian=place, pages=133, rejections=2, own_fees=D("12.34"), bank_fee=D("1.50"))
    quote = Quote.keep(pending, Quote.Kind.CANCELLATION, told)
    dearer(date(2020, 1, 1))
    place.provider_fee = D("99.00")
    repeated = cancellation.again(Quote.objects.get(pk=quote.pk))
    assert (repeated.lines, repeated.total, repeated.facts) == (told.lines, told.total, told.facts)


@pytest.mark.parametrize("code", ["", "cancellation-2020-01-01", "cancellation-2020-01-02-v1", "x-v٣", "-v9"])
def test_a_tariff_that_isn_t_held_is_said(pending, code):
    quote = Quote.keep(pending, Quote.Kind.CANCELLATION, cost())
    quote.schedule_code = code
    with pytest.raises(NoSchedule):
        cancellation.again(quote)


def test_the_command_repeats_cancellations_too(pending, capsys):
    Quote.keep(pending, Quote.Kind.CANCELLATION, cost(pages=7))
    call_command("repeat_quotes")
    assert ", 0 differ" in capsys.readouterr().out
    Quote.objects.filter(kind="cancellation").update(total=D("1.00"))
    with pytest.raises(CommandError, match=r"1\.00 then, 59\.95 now"):
        call_command("repeat_quotes")


@pytest.mark.parametrize("wrong", [{"pages": -1}, {"rejections": -1}, {"own_fees": D("-0.01")}])
def test_nothing_can_be_negative(wrong):
    with pytest.raises(ValueError, match="negative"):
        cost(**wrong)
