"""One row of the schedules, checked column by column: an unknown column is an error, never ignored."""

import re
from dataclasses import MISSING, fields
from decimal import Decimal

from billing.fees.facts import MEDIA, REQUESTORS
from billing.fees.refusals import BadSchedule
from billing.fees.schedule import Schedule, Tier

MONEY = {
    "base_fee", "max_total", "max_copy_total", "min_total", "labor_per_hour", "per_year_of_records_fee",
    "image_fee", "certification_fee", "affidavit_fee", "notary_fee", "rush_fee", "handling_pct",
}  # fmt: skip
COUNTS = {"base_includes_pages", "agreement", "labor_increment_minutes"}
FLAGS = {"cost_based", "is_free", "ceiling_includes_postage"}
LISTS = {"requestors", "medium", "source", "one_fee_for", "not_for_custodians"}
READINGS = {"is_free", "one_fee_for", "ceiling_includes_postage", "page_rule", "not_for_custodians"}
CHOICES = {
    "kind": {"statutory", "reasonable_cost", "federal"},
    "custodian_kind": {"any", "hospital", "physician"},
    "postage": {"none", "actual"},
    "indexed": {"", "annual", "biennial"},
    "confidence": {"high", "medium", "low"},
    "requestors": {*REQUESTORS, "any"},
    "medium": {*MEDIA, "any"},
    "one_fee_for": {"certification", "affidavit", "notary"},
    "not_for_custodians": {"hospital", "physician", "other"},
}
DAY = re.compile(r"(\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?", re.ASCII)
AMOUNT = re.compile(r"\d{1,6}(\.\d{1,4})?", re.ASCII)
REQUIRED = {f.name for f in fields(Schedule) if f.default is MISSING}
COLUMNS = {f.name for f in fields(Schedule)} - {"version"} - READINGS


def read_row(row, reading):
    """A Schedule from a row and its reading. Raises BadSchedule, which names the code and the column."""
    code = row.get("code", "?")
    if unknown := (set(row) - COLUMNS) | (set(reading) - READINGS - {"why"}):
        raise BadSchedule(f"Schedule {code}: the column “{min(unknown)}” is not known.")
    if missing := REQUIRED - set(row):
        raise BadSchedule(f"Schedule {code}: the column “{min(missing)}” is missing.")
    values = {k: _value(code, k, v) for k, v in {**row, **reading}.items() if k != "why"}
    schedule = Schedule(**values)
    _check_whole(schedule)
    return schedule


def _value(code, column, value):
    try:
        read = _read(column, value)
    except (ValueError, TypeError) as error:
        raise BadSchedule(f"Schedule {code}: “{column}” is not what it should be.") from error
    allowed = CHOICES.get(column)
    if allowed and not set(read if isinstance(read, tuple) else [read]) <= allowed:
        raise BadSchedule(f"Schedule {code}: “{column}” has a value that is not known.")
    return read


def _read(column, value):
    if column in MONEY:
        return _amount(value)
    if column == "tiers":
        return tuple(_tier(tier) for tier in value)
    kind = int if column in COUNTS else bool if column in FLAGS else list if column in LISTS else str
    if type(value) is not kind or (kind is int and value < 0):
        raise TypeError(column)
    if column == "effective" and not DAY.fullmatch(value):
        raise ValueError(column)
    return tuple(value) if kind is list else value


def _amount(value):
    """Decimal text such as "0.435": never a float."""
    if type(value) is not str or not AMOUNT.fullmatch(value):
        raise ValueError("amount")
    return Decimal(value)


def _tier(tier):
    if not {"from", "rate"} <= set(tier) <= {"from", "to", "rate"} or type(tier["from"]) is not int:
        raise ValueError("tier")
    last = tier.get("to")
    if last is not None and (type(last) is not int or last < tier["from"]):
        raise ValueError("tier")
    return Tier(tier["from"], last, _amount(tier["rate"]))


def _check_whole(row):
    """What must be true across columns."""
    wrong = None
    expected = row.base_includes_pages + 1
    for number, tier in enumerate(row.tiers, 1):
        if tier.first != expected or (tier.last is None) != (number == len(row.tiers)):
            wrong = "the pages of its tiers leave a gap or overlap"
        expected = (tier.last or 0) + 1
    if (row.labor_per_hour is None) != (row.labor_increment_minutes is None):
        wrong = "labor needs both a rate and an increment"
    if row.labor_increment_minutes == 0:
        wrong = "the labor increment is zero"
    if row.min_total and row.max_total and row.min_total > row.max_total:
        wrong = "its floor is above its ceiling"
    if row.handling_pct and row.postage == "actual":
        wrong = "a percentage for handling replaces actual postage"
    try:
        _ = row.in_force_from
    except ValueError:
        wrong = "its effective date is no date"
    if not (row.requestors and row.medium and re.fullmatch(r"[A-Z]{2}", row.state) and row.code):
        wrong = "state, code, requestors and medium must be given"
    if wrong:
        raise BadSchedule(f"Schedule {row.code}: {wrong}.")
