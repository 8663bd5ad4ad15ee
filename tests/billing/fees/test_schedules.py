"""Loading: every column known, every value read, nothing ignored."""

import tomllib
from datetime import date
from decimal import Decimal

import pytest
from django.conf import settings

from billing.fees import BadSchedule, Book, NoSchedule, book
from tests.billing.fees.cases import made, plain_row


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("surprise", "1"),
        ("base_fee", 5.0),
        ("base_fee", "NaN"),
        ("base_fee", "-1.00"),
        ("base_fee", "1e3"),
        ("base_includes_pages", -1),
        ("base_includes_pages", "0"),
        ("tiers", [{"from": 2, "rate": "1.00"}]),
        ("tiers", [{"from": 1, "to": 10, "rate": "1.00"}]),
        ("tiers", [{"from": 1, "to": 10, "rate": "1.00"}, {"from": 12, "rate": "1.00"}]),
        ("tiers", [{"from": 1, "rate": "1.00", "per": "page"}]),
        ("tiers", [{"rate": "1.00"}]),
        ("postage", "sometimes"),
        ("indexed", "weekly"),
        ("kind", ""),
        ("requestors", ["friend"]),
        ("requestors", []),
        ("medium", "paper"),
        ("effective", "2025-13"),
        ("effective", "2025-02-30"),
        ("effective", "soon"),
        ("cost_based", "yes"),
        ("labor_per_hour", "10.00"),
        ("labor_increment_minutes", 15),
        ("state", "Georgia"),
        ("citation", None),
        ("tiers", None),
    ],
)
def test_a_malformed_row_is_refused(column, value):
    with pytest.raises(BadSchedule, match="zz-general"):
        made(**{column: value})


def test_a_floor_above_the_ceiling_is_refused():
    with pytest.raises(BadSchedule, match="floor"):
        made(min_total="9.00", max_total="8.00")


def test_two_rows_of_one_code_are_refused():
    with pytest.raises(BadSchedule, match="same code"):
        Book.of([plain_row(), plain_row()], "test")


def test_a_reading_needs_its_row():
    with pytest.raises(BadSchedule, match="xx-gone"):
        Book.of([plain_row()], "test", {"xx-gone": {"is_free": True}})


def test_an_unknown_reading_is_refused():
    with pytest.raises(BadSchedule, match="moon"):
        Book.of([plain_row()], "test", {"zz-general": {"moon": "full"}})


def test_every_value_of_the_file_is_in_the_schedules():
    with settings.FEE_SCHEDULES_FILE.open("rb") as file:
        rows = tomllib.load(file)["schedule"]
    for row in rows:
        held = book().by_code(row["code"])
        for column, value in row.items():
            if column == "tiers":
                value = [(t["from"], t.get("to"), Decimal(t["rate"])) for t in value]
                assert [(t.first, t.last, t.rate) for t in held.tiers] == value
                continue
            read = getattr(held, column)
            kept = list(read) if isinstance(read, tuple) else str(read) if isinstance(read, Decimal) else read
            assert kept == value


@pytest.mark.parametrize(
    ("effective", "day"),
    [("", None), ("2016", date(2016, 1, 1)), ("2024-07", date(2024, 7, 1)), ("2025-07-09", date(2025, 7, 9))],
)
def test_the_first_day_in_force(effective, day):
    assert made(effective=effective).in_force_from == day


def test_an_index_past_its_year_asks_for_review():
    row = made(indexed="annual", effective="2024-07-01")
    assert row.review(date(2025, 12, 31)) == ()
    assert row.review(date(2026, 1, 1))


def test_the_version_changes_with_the_file(tmp_path):
    copy = tmp_path / "fee_schedules.toml"
    text = settings.FEE_SCHEDULES_FILE.read_text()
    copy.write_text(text.replace('base_fee = "6.50"', 'base_fee = "6.49"'))
    assert book(copy).version != book().version


def test_the_brought_in_file_loads_without_our_readings(tmp_path):
    copy = tmp_path / "fee_schedules.toml"
    copy.write_bytes(settings.FEE_SCHEDULES_FILE.read_bytes())
    assert len(book(copy).schedules) == len(book().schedules)


@pytest.mark.parametrize(
    "text", ["[meta", "", "[meta]\nschema_version = 2\ncurrency = 'USD'\n[[schedule]]\n"]
)
def test_a_file_of_another_shape_is_refused(tmp_path, text):
    wrong = tmp_path / "fee_schedules.toml"
    wrong.write_text(text)
    with pytest.raises(BadSchedule):
        book(wrong)


def test_an_unknown_code_is_refused():
    with pytest.raises(NoSchedule):
        book().by_code("ga-nothing")
