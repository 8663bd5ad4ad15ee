"""Two tabs at once: nobody is added twice, and nothing is changed unseen. The twins with the lock off fail."""

import time
from datetime import date

import pytest

from accounts.models import Dependent, Organization
from accounts.models.dependent import AlreadyThere, ChangedMeanwhile
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
A_MOMENT = 0.15
LEO = {"first_name": "Leo", "last_name": "Rahman", "birth_date": date(2015, 5, 4)}
REST = {"middle_name": "", "grade": "", "school": ""}


@pytest.fixture
def slow_lock(monkeypatch):
    """Between taking the household and writing there is time for somebody else, if the lock lets them in."""
    take = Organization.locked

    def locked(self):
        row = take(self)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Organization, "locked", locked)


@pytest.fixture
def no_lock(monkeypatch):
    def unlocked(self):
        row = Organization.objects.get(pk=self.pk)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Organization, "locked", unlocked)


def add_twice(aisha):
    return at_once(*[lambda: Dependent.add(by=aisha, **LEO)] * 2)


def test_a_double_click_adds_once(aisha, slow_lock):
    results = add_twice(aisha)
    assert Dependent.objects.count() == 1
    assert sum(isinstance(one, AlreadyThere) for one in results) == 1


def test_without_the_lock_nobody_is_told_of_the_first(aisha, no_lock):
    assert not any(isinstance(one, AlreadyThere) for one in add_twice(aisha))


def change_twice(aisha, leo):
    seen = leo.version
    acts = [
        lambda sports=sports: Dependent.objects.get(pk=leo.pk).change(
            by=aisha, seen=seen, sports=sports, **LEO, **REST
        )
        for sports in ("Judo", "Soccer")
    ]
    return at_once(*acts)


def test_of_two_pages_one_wins_and_the_other_is_told(aisha, leo, slow_lock):
    assert sum(isinstance(one, ChangedMeanwhile) for one in change_twice(aisha, leo)) == 1


def test_without_the_lock_nobody_is_told(aisha, leo, no_lock):
    assert not any(isinstance(one, ChangedMeanwhile) for one in change_twice(aisha, leo))
