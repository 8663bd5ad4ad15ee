"""Answering by a letter while somebody else moves the request: one wins, and no mixed state is left."""

import pytest

from audit.actors import SYSTEM
from audit.models import MoveRefused
from billing.models import Invoice
from outbox.queue import run_due
from requests_app.models import EarlierDelivery, Outcome
from requests_app.processing import answering
from requests_app.tracking import abandoning
from tests import stage
from tests.requests_app.processing.test_answering import DENIAL, NOTHING_HERE, said
from tests.requests_app.processing.test_races import at_once, without_lock  # noqa: F401

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def deny_and_state(record_request, clara, carl):
    return at_once(
        record_request,
        lambda mine: answering.deny(mine, by=clara, **said(DENIAL)),
        lambda mine: answering.state_no_records(mine, by=carl, **said(NOTHING_HERE)),
    )


def test_of_two_answers_one_goes_out(pending, clara, carl):
    came_to = deny_and_state(pending, clara, carl)
    assert sorted(came_to, key=str) == [MoveRefused, "done"]
    assert Outcome.objects.count() == Invoice.objects.count() == 1


def test_of_a_denial_and_a_cancellation_one_wins(pending, clara, rosa):
    cost = str(abandoning.cost(pending).total)
    came_to = at_once(
        pending,
        lambda mine: answering.deny(mine, by=clara, **said(DENIAL)),
        lambda mine: abandoning.end(mine, by=rosa, agreed=cost),
    )
    assert sorted(came_to, key=str) == [MoveRefused, "done"]
    assert (pending.state, Outcome.objects.exists()) in [("ordered", True), ("canceled", False)]
    assert Invoice.objects.count() == 1


@pytest.fixture
def completed(pending, clara):
    stage.priced(pending, clara, pages=1)
    pending.invoices.get().settle(by=SYSTEM)
    run_due(kind="requests.deliver")
    pending.refresh_from_db()
    return pending


def say_twice(completed, rosa):
    return at_once(
        completed,
        lambda mine: mine.report_missing(by=rosa, missing="Page 3"),
        lambda mine: mine.report_missing(by=rosa, missing="Page 3"),
    )


def test_saying_twice_at_once_that_something_is_missing_opens_it_once(completed, rosa):
    came_to = say_twice(completed, rosa)
    assert sorted(came_to, key=str) == [MoveRefused, "done"]
    assert EarlierDelivery.objects.count() == 1


def test_twin_without_the_lock_nobody_is_told_why(completed, rosa, without_lock):  # noqa: F811
    without_lock()
    assert MoveRefused not in say_twice(completed, rosa)
