"""One schedule and the facts of one copy make lines and a total."""

from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.fees.extras import handling, own_cost, postage, signatures
from billing.fees.lines import NOTHING, Line, Priced, cents, shown

HOUR = Decimal(60)
NOT_OF_A_PATIENT = (
    "certification_fee", "affidavit_fee", "notary_fee", "rush_fee", "labor_per_hour",
    "labor_increment_minutes", "per_year_of_records_fee", "handling_pct",
)  # fmt: skip


def price(schedule, facts):
    """Price by this row alone, whoever asks: Priced.

    Order: base, pages (capped by max_copy_total), years, labor, images, own cost; then min_total and
    max_total; then what stands beside the ceiling: handling or postage, certification and the like, rush.
    """
    notes, unsettled = [], []
    lines = [*_base_and_pages(schedule, facts), *_time(schedule, facts)]
    for made, said, left_open in (_images(schedule, facts), own_cost(schedule, facts, _sum(lines))):
        lines += made
        notes += said
        unsettled += left_open
    mail = postage(schedule, facts)
    if schedule.ceiling_includes_postage:
        lines += mail[0]
    lines += _bounds(schedule, _sum(lines))
    lines += handling(schedule, facts, _sum(lines))
    if not schedule.ceiling_includes_postage:
        lines += mail[0]
    extra_lines, extra_notes = signatures(schedule, facts)
    lines += extra_lines
    return _priced(schedule, facts, lines, [*notes, *mail[1], *extra_notes], [*unsettled, *mail[2]])


def _priced(schedule, facts, lines, notes, unsettled):
    if not lines:
        lines = [Line("no_charge", _("No charge"), 1, None, NOTHING, schedule.citation)]
    lines, total = shown(lines)
    if facts.on and not schedule.in_force(facts.on):
        notes.append(f"This schedule is in force from {schedule.effective}.")
    if schedule.free_rules:
        notes.append(f"Free copies: {schedule.free_rules}")
    return Priced(
        lines=lines,
        total=total,
        schedule_code=schedule.code,
        schedule_name=schedule.name,
        state=schedule.state,
        citation=schedule.citation,
        version=schedule.version,
        notes=(*notes, schedule.note),
        open=tuple(unsettled),
        review=schedule.review(facts.on),
    )


def _sum(lines):
    return sum((line.exact for line in lines), NOTHING)


def _base_and_pages(schedule, facts):
    lines = [*_base(schedule), *_pages(schedule, facts.pages)]
    if schedule.page_rule and lines:
        label = _("Copies, %(pages)s pages: %(rule)s") % {"pages": facts.pages, "rule": schedule.page_rule}
        lines = [Line("copies", label, facts.pages, None, _sum(lines), schedule.citation)]
    return lines


def _base(schedule):
    if not schedule.base_fee:
        return []
    if schedule.base_includes_pages == 1:
        label = _("First page")
    elif schedule.base_includes_pages:
        label = _("Base fee, covers pages 1 to %(last)s") % {"last": schedule.base_includes_pages}
    elif schedule.base_is_for_search:
        label = _("Search, retrieval and handling")
    else:
        label = _("Flat fee for the copy")
    return [Line("base", label, 1, schedule.base_fee, schedule.base_fee, schedule.citation)]


def _pages(schedule, pages):
    lines = []
    for tier in schedule.tiers:
        if count := tier.pages_of(pages):
            label = _("Pages %(first)s to %(last)s") % {"first": tier.first, "last": tier.first + count - 1}
            if count == 1:
                label = _("Page %(page)s") % {"page": tier.first}
            lines.append(Line("pages", label, count, tier.rate, count * tier.rate, schedule.citation))
    cap, charged = schedule.max_copy_total, _sum(lines)
    if cap is not None and charged > cap:
        label = _("Page charges stop at %(cap)s") % {"cap": f"${cap}"}
        lines.append(Line("page_ceiling", label, 1, None, cap - charged, schedule.citation, ceiling=cap))
    return lines


def _time(schedule, facts):
    lines = []
    per_year = schedule.per_year_of_records_fee
    if per_year and facts.years:
        label = _("Years of records")
        lines.append(Line("years", label, facts.years, per_year, facts.years * per_year, schedule.citation))
    if schedule.labor_per_hour and facts.labor_minutes:
        step = schedule.labor_increment_minutes
        started = -(-facts.labor_minutes // step)  # "quarter hour or fraction thereof", Cal. Evid. Code 1563
        rate = schedule.labor_per_hour * step / HOUR
        rate = cents(rate) if rate == cents(rate) else rate  # 10.00, not 10
        label = _("Clerical time, each %(step)s minutes begun") % {"step": step}
        lines.append(Line("labor", label, started, rate, started * rate, schedule.citation))
    return lines


def _images(schedule, facts):
    """X-rays and other images: (lines, notes, open). A row for that medium, or a flat one, covers them."""
    if not facts.images:
        return [], [], []
    if schedule.image_fee is not None:
        exact = facts.images * schedule.image_fee
        label = _("Images")
        return [Line("images", label, facts.images, schedule.image_fee, exact, schedule.citation)], [], []
    if "image" in schedule.medium or not schedule.tiers:
        return [], ["This schedule has no separate fee for images."], []
    label = _("Images, at the custodian’s own cost")
    line = Line("images", label, facts.images, None, NOTHING, schedule.citation, is_open=True)
    return [line], [], [_("The law names no fee for images: the custodian must state their cost.")]


def _bounds(schedule, charged):
    """The floor or the ceiling as a line of its own, so that the reader sees what the law took off."""
    floor, cap = schedule.min_total, schedule.max_total
    if floor is not None and charged < floor:
        label = _("The law’s least charge is %(floor)s") % {"floor": f"${floor}"}
        return [Line("floor", label, 1, None, floor - charged, schedule.citation, ceiling=floor)]
    if cap is not None and charged > cap:
        label = _("The law’s ceiling is %(cap)s") % {"cap": f"${cap}"}
        return [Line("ceiling", label, 1, None, cap - charged, schedule.citation, ceiling=cap)]
    return []


def for_patient(schedule):
    """The part of a state's row that may be asked of the patient, 45 CFR 164.524(c)(4): copying and postage.

    Search, retrieval, handling, certification and rush fall away, whatever the state allows.
    """
    changes = dict.fromkeys(NOT_OF_A_PATIENT)
    if schedule.base_is_for_search:
        changes["base_fee"] = NOTHING
        if schedule.page_rule:
            changes["page_rule"] = schedule.citation
    return replace(schedule, **changes)
