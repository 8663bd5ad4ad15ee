"""A custodian's usual turnaround is the median of what it priced, once there is a history."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from chartrequest.days import began
from directory.models import Custodian
from requests_app import usual
from requests_app.models import Batch, RecordRequest
from requests_app.turnaround import business_days_between
from tests import cast, stage

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 2)


@pytest.mark.parametrize(
    ("end", "days"),
    [
        (date(2026, 11, 2), 0),
        (date(2026, 11, 3), 1),
        (date(2026, 11, 6), 4),
        (date(2026, 11, 8), 4),
        (date(2026, 11, 9), 5),
        (date(2026, 11, 12), 7),  # Veterans Day between
        (date(2026, 11, 1), 0),
    ],
)
def test_business_days_between(end, days):
    assert business_days_between(MONDAY, end) == days


@pytest.fixture
def priced(rosa, monkeypatch):
    """`priced(custodian, days…)`: a request for each, priced so many calendar days after a Monday."""
    monkeypatch.setattr(usual, "timezone", SimpleNamespace(now=lambda: began(date(2026, 11, 20))))

    def made(custodian, *days, start=MONDAY, **said):
        for number in days:
            batch = Batch.objects.create(
                organization=rosa.organization, owner=rosa.person, patient=stage.patient(rosa.organization)
            )
            row = RecordRequest.draft(batch, custodian, by=rosa)
            at = {"submitted_at": began(start), "priced_at": began(start + timedelta(days=number))}
            RecordRequest.objects.filter(pk=row.pk).update(**at | said)

    return made


def test_the_median_of_five(priced, custodian):
    priced(custodian, 1, 1, 2, 3, 14)
    assert usual.days_of([custodian]) == {custodian.pk: 2}


def test_four_are_no_history(priced, custodian):
    priced(custodian, 1, 1, 2, 3)
    assert usual.days_of([custodian]) == {}


def test_only_the_last_fifty_count(priced, custodian):
    priced(custodian, *[1] * 60, start=MONDAY - timedelta(days=14))
    priced(custodian, *[3] * 26)
    assert usual.days_of([custodian]) == {custodian.pk: 3}


def test_rush_what_waits_and_what_is_older_than_a_year_don_t_count(priced, custodian):
    priced(custodian, 1, 1, 1, 1)
    priced(custodian, 1, is_rush=True)
    priced(custodian, 1, priced_at=None)
    priced(custodian, 1, start=date(2025, 11, 3))
    assert usual.days_of([custodian]) == {}


def test_what_was_asked_of_a_merged_row_counts(priced, custodian, practice):
    twin = cast.custodian(practice, name="Twin")
    priced(custodian, 1, 1, 1)
    priced(twin, 4, 4, 4)
    Custodian.objects.filter(pk=twin.pk).update(merged_into=custodian)
    assert usual.days_of([custodian]) == {custodian.pk: 1}


def test_nobody_is_asked_for_nobody(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert usual.days_of([]) == {}


class TestWhereOneIsChosen:
    @pytest.fixture
    def ask(self, as_, rosa):
        address = reverse("wizard_providers", args=[stage.batch(rosa).pk])
        browser = as_(rosa)
        return lambda: browser.get(address)

    def test_days_ways_services_and_rush_are_told(self, ask, priced, custodian):
        type(custodian).objects.filter(pk=custodian.pk).update(offers_rush=True)
        custodian.services.filter(kind="images").update(is_offered=False)
        priced(custodian, 1, 1, 2, 3, 14)
        text = ask().content.decode()
        assert "Usually answers in 2 business days" in text
        assert "Electronic download · Fax · Rush: within 48 hours" in text
        assert "Record certification" in text
        assert "Medical Images" not in text

    def test_without_a_history_nothing_is_promised(self, ask, custodian):
        text = ask().content.decode()
        assert "Usually" not in text
        assert "Electronic download" in text

    def test_ten_cost_no_more_queries_than_one(self, ask, practice, custodian):
        counts = []
        ask()  # the first page of a session asks more
        for names in ([], [f"Site {number}" for number in range(9)]):
            for name in names:
                cast.custodian(practice, name=name)
            with CaptureQueriesContext(connection) as asked:
                assert "Electronic download" in ask().content.decode()
            counts.append(len(asked))
        assert counts[0] == counts[1]
