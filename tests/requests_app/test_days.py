"""A day that somebody is held to is the business's, and the same for both sides (docs/decisions/0007-days.md)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from billing import cancellation
from chartrequest.days import business_day
from requests_app.due import due
from requests_app.standing import standing
from requests_app.turnaround import add_business_days, payment_due_on

# 21:30 in Los Angeles on the 10th, half past midnight in New York on the 11th.
LATE_EVENING = datetime(2026, 3, 11, 4, 30, tzinfo=UTC)
ZONES = ["America/Los_Angeles", "America/New_York", "UTC", "Pacific/Honolulu"]


@pytest.fixture
def due_on_the_10th(pending):
    pending.due_on = date(2026, 3, 10)
    return pending


@pytest.mark.parametrize("zone", ZONES)
def test_late_is_late_for_everybody_at_once(due_on_the_10th, rosa, zone):
    with time_machine.travel(LATE_EVENING, tick=False), timezone.override(ZoneInfo(zone)):
        assert due(due_on_the_10th).words == "Mar 10 · 1 day late"
        assert standing(due_on_the_10th, rosa).by_when == "An answer was due on Mar 10, 2026."


@pytest.mark.parametrize("zone", ZONES)
def test_a_price_is_of_the_business_s_day(custodian, zone):
    facts = {"requestor_class": "attorney", "pages": 1, "rejections": 0, "custodian": custodian}
    with time_machine.travel(LATE_EVENING, tick=False), timezone.override(ZoneInfo(zone)):
        assert cancellation.reckon(**facts).facts["on"] == "2026-03-11"


def test_the_clocks_of_spring_move_no_day():
    before, after = datetime(2026, 3, 8, 4, 59, tzinfo=UTC), datetime(2026, 3, 9, 4, 0, tzinfo=UTC)
    assert (business_day(before), business_day(after)) == (date(2026, 3, 7), date(2026, 3, 9))


def test_an_invoice_is_due_in_twenty_business_days():
    with time_machine.travel(datetime(2026, 12, 10, 17, tzinfo=UTC), tick=False):
        assert payment_due_on() == add_business_days(date(2026, 12, 10), 20) == date(2027, 1, 11)
