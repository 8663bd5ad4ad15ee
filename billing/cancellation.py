"""What it costs to end a request before its records are delivered (product 7.6), and to reopen it (product 1.10)."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.fees.lines import Line, shown
from billing.models import Tariff
from billing.quoting import FREE_OF_EXTRAS, Reckoned, said
from chartrequest.days import business_day

NOTHING = Decimal("0.00")
FEES = ("provider_fee", "own_fees", "bank_fee")


def tariff(on):
    """The operator's tariff of that day. Raises fees.NoSchedule where none is held."""
    return Tariff.objects.in_force(on)


def reckon(
    *,
    requestor_class,
    pages,
    rejections,
    custodian,
    own_fees=NOTHING,
    bank_fee=NOTHING,
    on=None,
    rates=None,
):
    """The cost of ending a request now: Reckoned, whose total is 0 for patients and providers.

    `pages` are those retrieved so far, `rejections` how often the custodian sent it back. `own_fees` is
    what the record provider itself has charged, `bank_fee` a bank's or conversion fee, both in USD and as
    incurred. `rates` is the `tariff` of the day, for whoever reckons many.
    """
    if pages < 0 or rejections < 0 or own_fees < 0 or bank_fee < 0:
        raise ValueError("Pages, rejections and fees can't be negative.")
    on = on or business_day()
    fees = {"provider_fee": custodian.provider_fee, "own_fees": own_fees, "bank_fee": bank_fee}
    return _reckon(rates or tariff(on), requestor_class, pages, rejections, fees, on)


def again(quote):
    """The same cost, reckoned anew from what its quote keeps, by the tariff it was told by: Reckoned.

    Raises fees.NoSchedule where that tariff isn't held here.
    """
    kept = quote.facts
    fees = {name: Decimal(kept[name]) for name in FEES}
    return _reckon(
        Tariff.objects.called(quote.schedule_code),
        kept["requestor_class"],
        kept["pages"],
        kept["rejections"],
        fees,
        date.fromisoformat(kept["on"]),
    )


def reckon_reopening(*, requestor_class, on=None):
    """The fee for taking a request up again that time has canceled: Reckoned, 0 for patients and providers."""
    on = on or business_day()
    return _reckon_reopening(tariff(on), requestor_class, on)


def reopening_again(quote):
    """The same fee, reckoned anew by the tariff it was told by. Raises fees.NoSchedule where that isn't held here."""
    kept = quote.facts
    rates = Tariff.objects.called(quote.schedule_code)
    return _reckon_reopening(rates, kept["requestor_class"], date.fromisoformat(kept["on"]))


def _reckon_reopening(rates, requestor_class, on):
    if requestor_class in FREE_OF_EXTRAS or not rates.reopening:
        line = Line("no_charge", _("No charge for reopening"), 1, None, NOTHING, "")
    else:
        basis = _("Reopening fee of the service agreement")
        line = Line("reopening", _("Reopening"), 1, rates.reopening, rates.reopening, basis)
    lines, total = shown([line])
    facts = {"requestor_class": requestor_class, "on": on.isoformat()}
    return Reckoned([said(line) for line in lines], total, rates.code, "", facts)


def _reckon(rates, requestor_class, pages, rejections, fees, on):
    if requestor_class in FREE_OF_EXTRAS:
        lines = [Line("no_charge", _("No charge for canceling"), 1, None, NOTHING, "")]
    else:
        lines = _lines(rates, pages, rejections, fees)
    lines, total = shown(lines)
    facts = {
        "pages": pages,
        "rejections": rejections,
        "requestor_class": requestor_class,
        "on": on.isoformat(),
        **{name: str(fee) for name, fee in fees.items()},
    }
    return Reckoned([said(line) for line in lines], total, rates.code, "", facts)


def _lines(rates, pages, rejections, fees):
    ours = _("Cancellation fees of the service agreement")
    incurred = _("As charged by others, passed on unchanged")
    at_first = min(pages, rates.pages_at_first_rate)
    counted = [
        ("base", _("Cancellation"), 1, rates.base, ours),
        ("pages", _("Pages retrieved, 1 to %(last)s") % {"last": at_first}, at_first, rates.page, ours),
        (
            "pages",
            _("Pages retrieved, from %(first)s on") % {"first": rates.pages_at_first_rate + 1},
            pages - at_first,
            rates.page_beyond,
            ours,
        ),
        ("rejections", _("Requests sent back by the facility"), rejections, rates.rejection, ours),
        ("provider_fee", _("Provider fee"), 1, fees["provider_fee"], ours),
        ("own_fees", _("Fees of the record provider"), 1, fees["own_fees"], incurred),
        ("handling", _("Handling"), 1, rates.handling, ours),
        ("bank_fee", _("Bank or conversion fee"), 1, fees["bank_fee"], incurred),
    ]
    return [
        Line(code, label, quantity, rate, quantity * rate, basis)
        for code, label, quantity, rate, basis in counted
        if quantity * rate
    ]
