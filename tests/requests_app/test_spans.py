"""Days from one to another: what two requests have in common, and what is left to ask for."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from requests_app.spans import Span, uncovered

FIRST, LAST = date(2020, 1, 1), date(2020, 3, 31)
days = st.dates(FIRST, LAST)
edges = st.tuples(st.one_of(st.just(date.min), days), st.one_of(st.just(date.max), days))
spans = edges.filter(lambda pair: pair[0] <= pair[1]).map(lambda pair: Span(*pair))


def held(span):
    """The days of the first months of 2020, with one on each side for what is open."""
    near = [FIRST + timedelta(days=n) for n in range(-1, (LAST - FIRST).days + 2)]
    return {day for day in near if span.start <= day <= span.end}


@given(spans, st.lists(spans, max_size=5))
def test_what_is_left_is_what_nobody_asked_for(wanted, covered):
    left = uncovered(wanted, covered)
    asked = set().union(*map(held, covered)) if covered else set()
    assert set().union(*map(held, left)) == held(wanted) - asked
    assert all(before.end < after.start for before, after in pairwise(left))


@given(spans, spans)
def test_two_overlap_where_they_share_a_day(one, other):
    assert one.overlaps(other) == bool(held(one) & held(other)) == other.overlaps(one)


@given(spans)
def test_a_span_is_kept_as_a_request_keeps_its_dates(span):
    kind, start, end = span.dates
    assert Span(start or date.min, end or date.max) == span
    assert (kind in ("after", "between")) == (start is not None)
    assert (kind in ("before", "between")) == (end is not None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (Span(end=date(2020, 1, 31)), Span(start=date(2020, 2, 1))),
        (Span(date(2020, 1, 1), date(2020, 1, 31)), Span(date(2020, 2, 1), date(2020, 2, 2))),
    ],
)
def test_the_next_day_is_no_overlap(one, other):
    assert not one.overlaps(other)
