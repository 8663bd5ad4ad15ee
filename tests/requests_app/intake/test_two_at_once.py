"""Two tabs, two colleagues, a double click: one wins, nothing is mixed. The twins with the lock off fail.

Only PostgreSQL can show it: SQLite lets one writer in at a time.
"""

import time

import pytest
from django.db import IntegrityError

from audit.models import Activity, MoveRefused
from correspondence.models import Notice
from requests_app import duplicates
from requests_app.intake import choosing, keeping, submitting
from requests_app.intake.draft import Draft
from requests_app.intake.forms import Specifications
from requests_app.models import Batch, RecordRequest
from tests import stage
from tests.races import at_once
from tests.requests_app.intake.conftest import wish

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
A_MOMENT = 0.15


@pytest.fixture
def slow_lock(monkeypatch):
    """Between taking the batch and writing it there is time for somebody else, if the lock lets them in."""
    take = Batch.locked

    def locked(self):
        row = take(self)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Batch, "locked", locked)


@pytest.fixture
def no_lock(monkeypatch):
    def unlocked(self):
        row = Batch.objects.get(pk=self.pk)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Batch, "locked", unlocked)


def submit_twice(batch, rosa):
    again = Batch.objects.get(pk=batch.pk)
    return at_once(lambda: submitting.submit(batch, by=rosa), lambda: submitting.submit(again, by=rosa))


def test_a_double_click_submits_once(draft, rosa, slow_lock):
    assert sorted(submit_twice(draft.batch, rosa)) == [False, True]
    assert Activity.objects.filter(event="submit").count() == 1
    assert Notice.objects.filter(event="request_submitted").count() == 1


def test_without_the_lock_a_double_click_is_not_quiet(draft, rosa, no_lock):
    assert False not in submit_twice(draft.batch, rosa)


def change(draft, rosa):
    form = Specifications(Draft(draft.batch), rosa, wish(draft, record_types=["billing"]))
    assert form.is_valid()
    return lambda: keeping.take_over(form, draft.batch, by=rosa)


def test_submit_and_edit_never_send_what_was_not_approved(draft, rosa, slow_lock):
    batch = Batch.objects.get(pk=draft.batch_id)
    at_once(lambda: submitting.submit(batch, by=rosa), change(draft, rosa))
    now = RecordRequest.objects.get()
    assert (now.state, now.record_types) in [("pending", ["medical"]), ("draft", ["billing"])]


def choose_twice(batch, custodian, rosa):
    again = Batch.objects.get(pk=batch.pk)
    return at_once(
        lambda: choosing.choose(batch, custodian, by=rosa), lambda: choosing.choose(again, custodian, by=rosa)
    )


def test_choosing_twice_at_once_chooses_once(batch, custodian, rosa, slow_lock):
    results = choose_twice(batch, custodian, rosa)
    assert RecordRequest.objects.count() == 1
    assert sum(isinstance(one, MoveRefused) for one in results) == 1


def test_without_the_lock_only_the_database_stops_the_second(batch, custodian, rosa, no_lock):
    results = choose_twice(batch, custodian, rosa)
    assert sum(isinstance(one, IntegrityError) for one in results) == 1


@pytest.fixture
def slow_look(monkeypatch):
    """Between looking for earlier requests and submitting there is time for a colleague's submit."""
    look = duplicates.questions

    def questions(draft):
        found = look(draft)
        time.sleep(A_MOMENT)
        return found

    monkeypatch.setattr(duplicates, "questions", questions)


def submit_two_of_the_same(draft, custodian, rosa, ruth):
    other = stage.draft(ruth, custodian)
    return at_once(
        lambda: submitting.submit(Batch.objects.get(pk=draft.batch_id), by=rosa),
        lambda: submitting.submit(Batch.objects.get(pk=other.batch_id), by=ruth),
    )


def test_of_two_colleagues_who_ask_for_the_same_one_is_asked(draft, custodian, rosa, ruth, slow_look):
    results = submit_two_of_the_same(draft, custodian, rosa, ruth)
    assert sorted(type(one).__name__ for one in results) == ["MayBeDuplicate", "bool"]
    assert RecordRequest.objects.filter(state="pending").count() == 1


def test_without_the_lock_nobody_is_asked(draft, custodian, rosa, ruth, slow_look, monkeypatch):
    monkeypatch.setattr(duplicates, "hold_others", lambda organization_id: None)
    assert submit_two_of_the_same(draft, custodian, rosa, ruth) == [True, True]
