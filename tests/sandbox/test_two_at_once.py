import threading

import pytest
from django.db import connections

from sandbox.models import Charge, Fault
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "sandbox"])


def at_once(*calls):
    """Run the calls in threads that start together; gives what they returned, None for one that raised."""
    start, results = threading.Barrier(len(calls)), [None] * len(calls)

    def run(place, call):
        try:
            start.wait()
            results[place] = call()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_key_from_many_sides_is_one_charge():
    card = teller.saved_card()
    outcomes = at_once(*[lambda: teller.charge(card)] * 6)
    assert len({outcome.charge_id for outcome in outcomes}) == 1
    assert Charge.objects.count() == 1


def test_different_keys_are_different_charges():
    card = teller.saved_card()
    at_once(*[lambda number=number: teller.charge(card, key=f"attempt-{number}") for number in range(6)])
    assert Charge.objects.count() == 6


def test_one_fault_hits_one_call():
    card = teller.saved_card()
    Fault.objects.create(kind="decline:generic_decline")
    outcomes = at_once(*[lambda number=number: teller.charge(card, key=f"a-{number}") for number in range(4)])
    assert sorted(outcome.state for outcome in outcomes) == ["declined"] + ["succeeded"] * 3
