"""By when a request is answered (product 1.8) and an invoice paid. Business days know the federal holidays."""

from datetime import timedelta
from functools import cache

import holidays

from chartrequest.days import business_day

IN_NETWORK_DAYS = (7, 10)
OUTSIDE_DAYS = (18, 28)
RUSH_HOURS = 48
PAYMENT_DAYS = 20


def add_business_days(day, count):
    """The day `count` business days after `day`."""
    while count:
        day += timedelta(days=1)
        count -= _is_business_day(day)
    return day


def business_days_between(day, end):
    """How many business days there are after `day`, up to and with `end`: 0 for the same day."""
    days = (day + timedelta(days=passed) for passed in range(1, (end - day).days + 1))
    return sum(map(_is_business_day, days))


def _is_business_day(day):
    return day.weekday() < 5 and day not in _off(day.year)


@cache
def _off(year):
    return frozenset(holidays.US(years=year))


def due_on(record_request, *, start=None):
    """The last day on which an answer is in time."""
    day = start or business_day()
    if record_request.is_rush:
        return day + timedelta(hours=RUSH_HOURS)
    days = IN_NETWORK_DAYS if record_request.custodian.current.organization_id else OUTSIDE_DAYS
    return add_business_days(day, days[1])


def payment_due_on():
    """The last day on which an invoice that is issued today is paid in time."""
    return add_business_days(business_day(), PAYMENT_DAYS)
