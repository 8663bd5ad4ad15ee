"""What a request costs: the law's copy fee, services asked for, rush, the provider fee (product 7.1)."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing import fees
from billing.fees.lines import Line, shown
from billing.models.edition import Edition, book_of
from chartrequest.days import business_day
from directory.models import Custodian, Service

# Pages nobody has counted yet: an estimate says that it stands on these.
ASSUMED_PAGES = {"medical": 60, "billing": 10, "images": 0}
# Kinds that some states price themselves; there the law's figure is the most that may be asked.
PRICED_BY_LAW = {"certification", "affidavit", "notary", "rush"}
FREE_OF_EXTRAS = {"patient", "provider"}
# What `fees.Facts` knows beside the pages, the day and the custodian's own cost.
QUANTITIES = ("years", "images", "labor_minutes", "mailed", "postage")
REDUCTION = "reduction"


@dataclass(frozen=True)
class Reckoned:
    """A price not yet kept. `lines` are dicts of text and whole numbers whose amounts add up to `total` USD.

    `open` holds a sentence for each amount that the law leaves to the custodian and nobody has stated: while
    there is one, this is an estimate and not a price. `notes` are for staff.
    """

    lines: list
    total: Decimal
    schedule_code: str
    schedules_version: str
    facts: dict
    notes: list = field(default_factory=list)
    open: list = field(default_factory=list)

    @property
    def is_complete(self):
        return not self.open


def estimated_pages(record_types):
    """The pages an estimate assumes for these record types; at least one."""
    return max(1, sum(ASSUMED_PAGES.get(one, 0) for one in record_types))


def reckon(
    *,
    custodian,
    requestor_class,
    medium,
    pages,
    services=(),
    is_rush=False,
    on=None,
    own_cost=None,
    book=None,
    **quantities,
):
    """The price of one release on the day `on` (today where none is given): Reckoned.

    `services` are directory services of this custodian. `own_cost` is the custodian's stated cost of
    copying in USD, where the law names no figure; without one its agreed copy fee is used. `quantities` are
    further facts that `fees.Facts` knows (years, images, labor_minutes, mailed, postage). Patients pay what
    product 7.3 allows and nothing on top, providers nothing. Raises fees.FeeRefused with one sentence.
    `book` holds the schedules of that day, for whoever prices many at once.
    """
    on = on or business_day()
    book = book or Edition.objects.book_on(on)
    own_cost = custodian.agreed_copy_fee if own_cost is None else own_cost
    asked = {} if requestor_class in FREE_OF_EXTRAS else _asked(custodian, services, is_rush)
    case = fees.Case(
        state=custodian.state if custodian.state in book.states else "US",
        requestor=requestor_class,
        medium=medium,
        custodian_kind="other" if custodian.kind == Custodian.Kind.ANY else custodian.kind,
    )
    facts = fees.Facts(pages=pages, on=on, own_cost=own_cost, **quantities)
    return _reckon(book, case, facts, asked, quantities)


def most_for_a_patient(on=None):
    """What patients pay at most for an electronic copy of their own records, in USD (product 7.3)."""
    on = on or business_day()
    case = fees.Case(state="US", requestor="patient", medium="electronic", custodian_kind="any")
    return fees.quote(Edition.objects.book_on(on), case, fees.Facts(pages=1, on=on)).total


def free(code, label, basis, *, pages, on=None):
    """A release for which nothing is charged, whoever asks: Reckoned of one line of $0.00 that says why."""
    facts = {
        "free": {"code": code, "label": label, "basis": basis},
        "pages": pages,
        "on": (on or business_day()).isoformat(),
    }
    lines, total = shown([_own(code, label, Decimal("0.00"), basis)])
    return Reckoned([said(line) for line in lines], total, "", "", facts)


def again(quote):
    """The same price, reckoned anew from what its quote keeps (product 7.2): Reckoned, years later too.

    By the edition it was made with, whatever the custodian's fees are by now. What the practice took off stays
    taken off. Raises fees.NoSchedule where that edition isn't held here.
    """
    kept = quote.facts
    if "free" in kept:
        return free(**kept["free"], pages=kept["pages"], on=date.fromisoformat(kept["on"]))
    case = fees.Case(kept["state"], kept["requestor_class"], kept["medium"], kept["custodian_kind"])
    quantities = {name: _read(name, kept[name]) for name in QUANTITIES if name in kept}
    facts = fees.Facts(
        pages=kept["pages"],
        on=date.fromisoformat(kept["on"]),
        own_cost=Decimal(kept["own_cost"]) if kept["own_cost"] else None,
        **quantities,
    )
    asked = {
        one["code"]: _own(one["code"], one["label"], Decimal(one["fee"]), one["basis"])
        for one in kept["asked"]
    }
    reckoned = _reckon(book_of(quote.schedules_version), case, facts, asked, quantities)
    off = [line for line in quote.lines if line["code"] == REDUCTION]
    total = reckoned.total + sum(Decimal(line["amount"]) for line in off)
    return replace(reckoned, lines=[*reckoned.lines, *off], total=total)


def _read(name, text):
    """A quantity as it was given: it is kept as text."""
    if name == "mailed":
        return text == "True"
    if name == "postage":
        return None if text == "None" else Decimal(text)
    return int(text)


def _reckon(book, case, facts, asked, quantities):
    priced = fees.quote(book, case, facts)
    ruled = _ruled(book.by_code(priced.schedule_code), asked)
    if ruled:
        flags = {"certified" if kind == "certification" else kind: True for kind in ruled}
        priced = fees.quote(book, case, replace(facts, **flags))
    lines = [_at_most(line, asked) for line in priced.lines]
    lines += [line for kind, line in asked.items() if kind not in ruled]
    lines, total = shown(line for line in lines if line.exact or line.is_open or len(lines) == 1)
    return Reckoned(
        lines=[said(line) for line in lines],
        total=total,
        schedule_code=priced.schedule_code,
        schedules_version=priced.version,
        facts=_facts(case, facts, asked, quantities),
        notes=[*priced.notes, *priced.review],
        open=list(priced.open),
    )


def _asked(custodian, services, is_rush):
    """What is charged on top, by kind, each at the custodian's own fee."""
    lines, basis = {}, _("Fee of %(custodian)s") % {"custodian": custodian.name}
    for service in services:
        label = Service.Kind(service.kind).label
        lines[service.kind] = _own(service.kind, str(label), service.fee, basis)
    if is_rush:
        lines["rush"] = _own("rush", _("Rush, within 48 hours"), custodian.rush_fee, basis)
    if custodian.provider_fee:
        lines["provider_fee"] = _own("provider_fee", _("Provider fee"), custodian.provider_fee, basis)
    return lines


def _own(code, label, fee, basis):
    return Line(code, label, 1, fee, fee, basis)


def _ruled(schedule, asked):
    """The kinds asked for that this schedule prices itself, so that nobody pays for one twice."""
    return {kind for kind in PRICED_BY_LAW & set(asked) if getattr(schedule, f"{kind}_fee") is not None}


def _at_most(line, asked):
    """The law's line, lowered to the custodian's own fee where that is less."""
    own = asked.get(line.code)
    if own is None or line.code not in PRICED_BY_LAW or own.exact >= line.exact:
        return line
    return own


def said(line):
    """A line as JSON keeps it: amounts are text, so that no float ever touches them."""
    return {
        "code": line.code,
        "label": line.label,
        "quantity": line.quantity if isinstance(line.quantity, int) else str(line.quantity),
        "rate": "" if line.rate is None else str(line.rate),
        "amount": str(line.amount),
        "citation": line.citation,
    }


def _facts(case, facts, asked, quantities):
    """All that this price hangs on, enough to reckon it again (see `again`)."""
    return {
        "state": case.state,
        "requestor_class": case.requestor,
        "medium": case.medium,
        "custodian_kind": case.custodian_kind,
        "pages": facts.pages,
        "asked": [
            {"code": line.code, "label": line.label, "fee": str(line.exact), "basis": line.citation}
            for line in asked.values()
        ],
        "on": facts.on.isoformat(),
        "own_cost": "" if facts.own_cost is None else str(facts.own_cost),
        **{name: str(value) for name, value in quantities.items()},
    }
