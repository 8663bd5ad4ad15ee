"""Dates of service as days from one to another, both included: what overlaps, and what is not covered yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from requests_app.models import RecordRequest

Dates = RecordRequest.Dates
DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Span:
    """The days from `start` to `end`; `date.min` and `date.max` mean that this side is open."""

    start: date = date.min
    end: date = date.max

    def overlaps(self, other):
        return self.start <= other.end and other.start <= self.end

    def without(self, other):
        """What is left of this span beside `other`: none, one or two spans."""
        if not self.overlaps(other):
            return [self]
        left = [Span(self.start, other.start - DAY)] if self.start < other.start else []
        return left + ([Span(other.end + DAY, self.end)] if other.end < self.end else [])

    @property
    def dates(self):
        """The span as a request keeps it: `(kind, first day or None, last day or None)`."""
        start = None if self.start == date.min else self.start
        end = None if self.end == date.max else self.end
        kinds = {
            (True, True): Dates.ALL,
            (False, True): Dates.AFTER,
            (True, False): Dates.BEFORE,
            (False, False): Dates.BETWEEN,
        }
        return kinds[start is None, end is None], start, end


def asked_by(record_request, *, until=date.max):
    """The days a request asks for, none of them after `until`; None where that leaves none."""
    start = record_request.dates_from or date.min
    end = min(record_request.dates_to or date.max, until)
    return Span(start, end) if start <= end else None


def uncovered(wanted, covered):
    """The parts of `wanted` that no span of `covered` holds, in order."""
    left = [wanted]
    for one in covered:
        left = [part for span in left for part in span.without(one)]
    return sorted(left)
