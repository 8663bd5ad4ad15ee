"""What it costs to end a request before its records are delivered, line by line (product 7.6)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.fees.lines import Line, shown
from billing.quoting import FREE_OF_EXTRAS, Reckoned, said
from chartrequest.days import business_day

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Tariff:
    """The operator's cancellation fees from a day on, in USD."""

    valid_from: date
    base: Decimal
    page: Decimal
    page_beyond: Decimal
    pages_at_first_rate: int
    rejection: Decimal
    handling: Decimal

    @property
    def code(self):
        return f"cancellation-{self.valid_from}"


# Newest last; a change is a new entry, so that an earlier cancellation can be reckoned again.
TARIFFS = [
    Tariff(
        valid_from=date(2020, 1, 1),
        base=Decimal("49.95"),
        page=Decimal("1.00"),
        page_beyond=Decimal("0.75"),
        pages_at_first_rate=100,
        rejection=Decimal("4.95"),
        handling=Decimal("3.00"),
    ),
]


def tariff(on):
    """The tariff of that day."""
    return [one for one in TARIFFS if one.valid_from <= on][-1]


def reckon(
    *,
    requestor_class,
    pages,
    rejections,
    custodian,
    own_fees=NOTHING,
    bank_fee=NOTHING,
    on=None,
):
    """The cost of ending a request now: Reckoned, whose total is 0 for patients and providers.

    `pages` are those retrieved so far, `rejections` how often the custodian sent it back. `own_fees` is
    what the record provider itself has charged, `bank_fee` a bank's or conversion fee, both in USD and as
    incurred.
    """
    if pages < 0 or rejections < 0 or own_fees < 0 or bank_fee < 0:
        raise ValueError("Pages, rejections and fees can't be negative.")
    on = on or business_day()
    rates = tariff(on)
    if requestor_class in FREE_OF_EXTRAS:
        lines = [Line("no_charge", _("No charge for canceling"), 1, None, NOTHING, "")]
    else:
        lines = _lines(rates, pages, rejections, custodian, own_fees, bank_fee)
    lines, total = shown(lines)
    facts = {
        "pages": pages,
        "rejections": rejections,
        "requestor_class": requestor_class,
        "on": on.isoformat(),
    }
    return Reckoned([said(line) for line in lines], total, rates.code, "", facts)


def _lines(rates, pages, rejections, custodian, own_fees, bank_fee):
    basis = _("Cancellation fees of the service agreement")
    at_first = min(pages, rates.pages_at_first_rate)
    counted = [
        ("base", _("Cancellation"), 1, rates.base),
        ("pages", _("Pages retrieved, 1 to %(last)s") % {"last": at_first}, at_first, rates.page),
        (
            "pages",
            _("Pages retrieved, from %(first)s on") % {"first": rates.pages_at_first_rate + 1},
            pages - at_first,
            rates.page_beyond,
        ),
        ("rejections", _("Requests sent back by the facility"), rejections, rates.rejection),
        ("provider_fee", _("Provider fee"), 1, custodian.provider_fee),
        ("own_fees", _("Fees of the record provider"), 1, own_fees),
        ("handling", _("Handling"), 1, rates.handling),
        ("bank_fee", _("Bank or conversion fee"), 1, bank_fee),
    ]
    return [
        Line(code, label, quantity, rate, quantity * rate, basis)
        for code, label, quantity, rate in counted
        if quantity * rate
    ]
