"""What is known of one copy: the case (who, whom, which medium) and the facts that its price hangs on."""

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from billing.fees.refusals import BadFacts

REQUESTORS = (
    "patient", "attorney", "insurer", "government", "workers_comp", "provider", "ssa_disability", "other",
)  # fmt: skip
MEDIA = ("paper", "electronic", "microfilm", "image")
CUSTODIAN_KINDS = ("any", "hospital", "physician", "other")

MOST = {"pages": 1_000_000, "labor_minutes": 100_000, "years": 150, "images": 100_000}
MOST_MONEY = Decimal("100000.00")
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Case:
    """Who asks whom for what: it decides which law applies.

    `custodian_kind`: "hospital" or "physician" where known, "other" for a provider that is neither, "any" if
    not known. `requestor` "other" is a third party of no named class.
    """

    state: str
    requestor: str
    medium: str
    custodian_kind: str = "any"

    def __post_init__(self):
        _one_of("requestor", self.requestor, REQUESTORS)
        _one_of("medium", self.medium, MEDIA)
        _one_of("custodian kind", self.custodian_kind, CUSTODIAN_KINDS)


@dataclass(frozen=True)
class Facts:
    """The quantities of one copy. Counts are whole numbers; money is Decimal dollars, to the cent.

    `own_cost`: the custodian's own cost of copying, as stated or agreed, where the law sets no figure.
    `postage`: what the post really cost; None while unknown. `years`: years of records (FL hospitals).
    `on`: the day of pricing. Raises BadFacts.
    """

    pages: int
    labor_minutes: int = 0
    years: int = 1
    images: int = 0
    mailed: bool = False
    certified: bool = False
    affidavit: bool = False
    notary: bool = False
    rush: bool = False
    own_cost: Decimal | None = None
    postage: Decimal | None = None
    on: date | None = None

    def __post_init__(self):
        for field in fields(self):
            value, name = getattr(self, field.name), field.name.replace("_", " ")
            if field.name in MOST:
                _count(name, value, MOST[field.name])
            elif field.name in ("own_cost", "postage") and value is not None:
                _money(name, value)
            elif field.type is bool and not isinstance(value, bool):
                raise BadFacts(f"The answer to “{name}” must be yes or no.")
        if self.on is not None and not (type(self.on) is date and 1990 <= self.on.year <= 2100):
            raise BadFacts("The day of pricing must be a date from 1990 to 2100.")


def _one_of(name, value, allowed):
    if value not in allowed:
        raise BadFacts(f"The {name} must be one of {', '.join(allowed)}.")


def _count(name, value, most):
    if type(value) is not int or not 0 <= value <= most:
        raise BadFacts(f"The {name} must be a whole number from 0 to {most}.")


def _money(name, value):
    if not isinstance(value, Decimal) or not value.is_finite() or not 0 <= value <= MOST_MONEY:
        raise BadFacts(f"The {name} must be an amount from 0 to {MOST_MONEY}.")
    if value != value.quantize(CENT):
        raise BadFacts(f"The {name} must be in dollars and whole cents.")
