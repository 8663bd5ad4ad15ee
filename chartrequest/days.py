"""Which day it is where days are counted: due dates, prices, expiry (docs/decisions/0007-days.md)."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone


def business_day(at=None):
    """The day of the moment `at`, or today, where the business turns its days over; the same for whoever looks."""
    return timezone.localdate(at, ZoneInfo(settings.BUSINESS_TIME_ZONE))


def began(day):
    """The moment at which the business's `day` began: what happened before it happened on an earlier day."""
    return datetime.combine(day, time.min, ZoneInfo(settings.BUSINESS_TIME_ZONE))
