"""The edges of days: 60 and 61, 14 and 15, clocks that are changed, 29 February, a beat that was off."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import time_machine
from django.utils import timezone
from hypothesis import example, given
from hypothesis import strategies as st

from chartrequest.days import began, business_day
from requests_app import clocks
from requests_app.clocks import Why
from requests_app.models.states import State

ZONES = ["America/Los_Angeles", "America/New_York", "UTC", "Pacific/Honolulu"]
# Three years with a 29 February, each change of the clocks in them, each hour of the day.
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1), timezones=st.just(UTC))
STATES = st.sampled_from([State.PENDING, State.QA, State.PRICED])


def asked(state, at, *, kind="law_firm", **said):
    nothing = dict.fromkeys(["reopened_at", "incomplete_at", "ordered_at", "kept_until"])
    organization = SimpleNamespace(is_provider=kind == "provider", is_household=kind == "household")
    facts = nothing | {"submitted_at": at, "state": state, "organization": organization} | said
    return SimpleNamespace(**facts)


@given(MOMENTS, STATES)
@example(datetime(2028, 2, 29, 12, tzinfo=UTC), State.PENDING)
@example(datetime(2026, 3, 8, 6, 59, tzinfo=UTC), State.PENDING)  # a minute before the clocks are changed
@example(datetime(2026, 11, 1, 5, 59, tzinfo=UTC), State.PENDING)  # the hour that comes twice
def test_60_whole_days_are_in_time_and_the_61st_is_not(at, state):
    running = clocks.clock(asked(state, at))
    first, over = business_day(at), began(running.ends_on)
    assert business_day(over - timedelta(seconds=1)) == first + timedelta(days=60)
    assert not running.is_over(business_day(over - timedelta(seconds=1)))
    assert running.is_over(business_day(over))


@given(MOMENTS)
def test_14_whole_days_are_in_time_and_the_15th_is_not(at):
    running = clocks.clock(asked(State.INCOMPLETE, at, incomplete_at=at))
    assert (running.why, running.ends_on - business_day(at)) == (Why.UNCORRECTED, timedelta(days=15))


@given(MOMENTS, st.sampled_from(ZONES))
def test_the_day_is_the_same_for_whoever_looks(at, zone):
    with timezone.override(ZoneInfo(zone)):
        ends_on = clocks.clock(asked(State.PENDING, at)).ends_on
    assert ends_on == clocks.clock(asked(State.PENDING, at)).ends_on


@given(MOMENTS)
def test_a_day_of_the_business_has_one_beginning(at):
    day = business_day(at)
    assert business_day(began(day)) == day
    assert business_day(began(day) - timedelta(microseconds=1)) == day - timedelta(days=1)


def test_a_leap_day_counts_as_a_day():
    leap, common = datetime(2028, 1, 15, 17, tzinfo=UTC), datetime(2027, 1, 15, 17, tzinfo=UTC)
    assert clocks.clock(asked(State.PENDING, leap)).ends_on == date(2028, 3, 16)
    assert clocks.clock(asked(State.PENDING, common)).ends_on == date(2027, 3, 17)


def test_late_in_los_angeles_it_is_the_next_day_of_the_business():
    evening = datetime(2026, 6, 2, 4, 30, tzinfo=UTC)  # June 1, 21:30 there
    assert clocks.clock(asked(State.PENDING, evening)).ends_on == date(2026, 6, 2) + timedelta(days=61)


@given(MOMENTS)
def test_a_reopened_request_begins_anew(at):
    later = at + timedelta(days=100)
    assert clocks.clock(asked(State.PENDING, at, reopened_at=later)) == clocks.clock(
        asked(State.PENDING, later)
    )


@given(MOMENTS)
def test_care_coordination_has_90_days(at):
    running = clocks.clock(asked(State.QA, at, kind="provider"))
    assert (running.why, running.ends_on - business_day(at)) == (Why.UNFULFILLED, timedelta(days=91))


@given(MOMENTS)
def test_a_paid_one_has_90_days_from_its_payment_and_ops_hear_after_60(at):
    running = clocks.clock(asked(State.ORDERED, at - timedelta(days=50), ordered_at=at))
    said = [day - business_day(at) for day in (*running.told_on, running.ends_on)]
    assert (running.why, said) == (Why.UNDELIVERED, [timedelta(days=61), timedelta(days=91)])


@given(MOMENTS, st.integers(-30, 200))
def test_what_somebody_kept_going_ends_no_sooner(at, days):
    kept = business_day(at) + timedelta(days=days)
    ends_on = clocks.clock(asked(State.PENDING, at, kept_until=kept)).ends_on
    assert ends_on == max(kept, business_day(at) + timedelta(days=61))


def life(at, beats):
    """What the sweep does on the days `beats`: `(days before the end, "warned")`, then "ended", as it takes rows."""
    record_request, done, told = asked(State.PENDING, at), [], set()
    with time_machine.travel(at, tick=False):
        sweep_on = clocks.first_look(record_request)
    running = clocks.clock(record_request)
    for day in sorted(beats):
        if day < sweep_on:
            continue
        if running.is_over(day):
            return [*done, (day, "ended")]
        due = running.telling_due(day)
        if due and due not in told:
            told.add(due)
            done.append((day, "warned"))
        sweep_on = running.next_look(day)
    return done


BEATS = st.sets(st.integers(0, 90), min_size=1)


@given(MOMENTS, BEATS)
def test_whenever_beat_runs_each_warning_goes_out_at_most_once_and_none_after_the_end(at, beats):
    first = business_day(at)
    done = life(at, {first + timedelta(days=day) for day in beats})
    words = [word for _day, word in done]
    days = [day for day, _word in done]
    assert words.count("warned") <= 3
    assert "ended" not in words[:-1]
    assert len(days) == len(set(days))  # never two at once
    assert ("ended" in words) == (max(beats) >= 61)


@given(MOMENTS, st.integers(0, 61))
def test_a_beat_that_was_off_for_three_days_skips_no_later_warning(at, off):
    first = business_day(at)
    beats = [first + timedelta(days=day) for day in range(70) if not off <= day < off + 3]
    words = [word for _day, word in life(at, beats)]
    lost = off == 60  # the last warning and the end fell into the outage
    assert words == ["warned"] * (2 if lost or off in (59, 58) else 3) + ["ended"]
