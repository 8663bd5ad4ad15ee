"""The lines of a price, and the one rounding."""

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from billing.fees.refusals import NoSchedule

CENT = Decimal("0.01")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Line:
    """One charge. `exact` is unrounded dollars (IL: 0.435 a page); `amount` is what is shown, in cents.

    `ceiling`: the limit in dollars where it lowered (or a floor raised) the price on this line.
    `is_open`: the law gives no figure; `exact` is 0, or the most it may be where there is a ceiling.
    """

    code: str
    label: str
    quantity: int | Decimal
    rate: Decimal | None
    exact: Decimal
    citation: str
    ceiling: Decimal | None = None
    is_open: bool = False
    amount: Decimal = NOTHING


@dataclass(frozen=True)
class Priced:
    """A price by one schedule. `total` is the sum of the lines' `amount`, to the cent.

    `open`: one sentence for each amount the law leaves to the custodian; while there is one, `total` is not
    yet what may be charged. `review`: why ops should look at the row. `notes`: for staff.
    """

    lines: tuple[Line, ...]
    total: Decimal
    schedule_code: str
    schedule_name: str
    state: str
    citation: str
    version: str
    notes: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    review: tuple[str, ...] = ()

    @property
    def is_complete(self):
        return not self.open

    @property
    def due(self):
        """The total as it may be charged. Raises NoSchedule while an amount is open."""
        if self.open:
            raise NoSchedule(self.open[0])
        return self.total

    def noting(self, *sentences, open=()):
        return replace(self, notes=(*sentences, *self.notes), open=(*self.open, *open))


def cents(exact):
    return exact.quantize(CENT, rounding=ROUND_HALF_UP)


def shown(lines):
    """The lines with their `amount`, and the total, rounded half up once.

    A line shows the rounded running sum less the one before it: so what is shown adds up to the total
    exactly, and no line is off by more than a cent.
    """
    running, before, out = NOTHING, cents(NOTHING), []
    for line in lines:
        running += line.exact
        out.append(replace(line, amount=cents(running) - before))
        before = cents(running)
    return tuple(out), before
