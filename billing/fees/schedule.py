"""One rule of law, as a row of data/fee_schedules.toml says it; what the columns mean stands in docs/fees.md."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Tier:
    """Pages `first` to `last` (None: no end) at `rate` dollars each; pages count from 1."""

    first: int
    last: int | None
    rate: Decimal

    def pages_of(self, pages):
        return max(0, min(pages, self.last or pages) - self.first + 1)


@dataclass(frozen=True)
class Schedule:
    """One rule of law. Money in dollars; None: the law sets no such fee.

    `max_copy_total` caps the page charges; `max_total` and `min_total` bound everything but certification,
    affidavit, notary, rush and (unless `ceiling_includes_postage`) postage.
    """

    state: str
    code: str
    name: str
    kind: str
    custodian_kind: str
    requestors: tuple[str, ...]
    medium: tuple[str, ...]
    base_fee: Decimal
    base_includes_pages: int
    tiers: tuple[Tier, ...]
    postage: str
    free_rules: str
    citation: str
    effective: str
    indexed: str
    source: tuple[str, ...]
    agreement: int
    confidence: str
    note: str
    cost_based: bool = False
    max_total: Decimal | None = None
    max_copy_total: Decimal | None = None
    min_total: Decimal | None = None
    labor_per_hour: Decimal | None = None
    labor_increment_minutes: int | None = None
    per_year_of_records_fee: Decimal | None = None
    image_fee: Decimal | None = None
    handling_pct: Decimal | None = None
    certification_fee: Decimal | None = None
    affidavit_fee: Decimal | None = None
    notary_fee: Decimal | None = None
    rush_fee: Decimal | None = None
    # readings: what the note says and no column carries
    is_free: bool = False
    one_fee_for: tuple[str, ...] = ()
    ceiling_includes_postage: bool = False
    page_rule: str = ""
    not_for_custodians: tuple[str, ...] = ()
    version: str = ""

    @property
    def has_figures(self):
        return bool(self.base_fee or self.tiers)

    @property
    def leaves_it_open(self):
        """The price (or the copying part of it) is the custodian's own cost, not a figure of the law.

        Statutory rows without figures are the free copies; other rows without figures set no cap.
        """
        return self.cost_based or not (self.has_figures or self.is_free or self.kind == "statutory")

    @property
    def base_is_for_search(self):
        """The base pays for finding and handling, not for pages: HIPAA bars it for the patient."""
        return not self.base_includes_pages and bool(self.tiers or self.cost_based)

    @property
    def in_force_from(self):
        """The first day, where the law's text gives one: "2016" counts from January 1."""
        if not self.effective:
            return None
        year, month, day = (*map(int, self.effective.split("-")), 1, 1)[:3]
        return date(year, month, day)

    def in_force(self, on):
        return self.in_force_from is None or self.in_force_from <= on

    def review(self, on):
        """Why ops should look at this row: low confidence, or figures older than their index."""
        reasons = []
        if self.confidence == "low":
            reasons.append("The figures of this schedule rest on thin sources.")
        years = {"annual": 1, "biennial": 2}.get(self.indexed)
        # the day of the year on which a state resets its figures is not in the row: a full period is allowed
        if years and on and self.in_force_from and on.year - self.in_force_from.year > years:
            reasons.append(f"The law resets these figures; they are those of {self.effective}.")
        return tuple(reasons)
