"""Two administrators at once: one wins, the other is told. The twins with the lock off fail."""

import time
from decimal import Decimal

import pytest

from accounts.models import Organization
from audit.models import Lifecycle, MoveRefused
from directory.models import Custodian, FormOffered
from tests import cast
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
A_MOMENT = 0.15


@pytest.fixture
def slow_lock(monkeypatch):
    take = Lifecycle.locked

    def locked(self):
        row = take(self)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Lifecycle, "locked", locked)


@pytest.fixture
def no_lock(monkeypatch):
    def unlocked(self):
        row = Organization.objects.get(pk=self.pk)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Lifecycle, "locked", unlocked)


def two_fifths(clara, custodian):
    """Four forms are offered; two people each add one more."""
    for number in range(4):
        FormOffered.add(
            clara.organization, by=clara, custodian=custodian, name=f"Form {number}", fee=Decimal("1.00")
        )
    also = cast.member("clark", clara.organization)

    def add(by, name):
        return lambda: FormOffered.add(
            clara.organization, by=by, custodian=custodian, name=name, fee=Decimal("2.00")
        )

    return at_once(add(clara, "Camp physical"), add(also, "Sports physical"))


def test_at_most_five_forms_also_when_two_add_one(clara, custodian, slow_lock):
    results = two_fifths(clara, custodian)
    assert FormOffered.objects.filter(is_offered=True).count() == 5
    assert sum(isinstance(one, MoveRefused) for one in results) == 1


def test_twin_without_the_lock_nobody_is_told(clara, custodian, no_lock):
    """There are six, or the chain of the Activity breaks the second with an error."""
    assert MoveRefused not in map(type, two_fifths(clara, custodian))


def take_away_both(clara, custodian):
    also = cast.member("clark", clara.organization)
    other = Custodian.objects.get(pk=custodian.pk)
    return at_once(
        lambda: custodian.change(by=clara, offers_download=False),
        lambda: other.change(by=also, offers_fax=False),
    )


def test_one_way_of_delivery_is_left_also_when_two_take_one_away(clara, custodian, slow_lock):
    results = take_away_both(clara, custodian)
    row = Custodian.objects.get()
    assert row.offers_download != row.offers_fax
    assert sum(isinstance(one, MoveRefused) for one in results) == 1


def test_twin_without_the_lock_who_leaves_none_is_not_told(clara, custodian, no_lock):
    assert MoveRefused not in map(type, take_away_both(clara, custodian))
