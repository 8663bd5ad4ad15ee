"""A card that is charged by itself while things break: once, or not at all, and never above what was agreed."""

import pytest

pytestmark = pytest.mark.faults


@pytest.mark.faults(short=True)
def test_a_worker_killed_between_the_bank_s_answer_and_our_commit_charges_once(house):
    house.kill("worker")
    owed = house.tell("priced_with_a_word")
    with house.held("billing_ledgertransaction") as reached:
        house.up("worker")
        reached()
        house.kill("worker")
    house.up("worker")
    house.comes_to_rest()
    assert house.tell("charges", owed["invoice"]) == 1
    assert house.tell("payments", owed["id"]) == ["succeeded"]
    assert house.tell("state", owed["id"]) == "completed"


def test_a_bank_that_times_out_after_it_took_the_money_charges_once(house):
    house.kill("worker")
    owed = house.tell("priced_with_a_word")
    house.tell("break_bank", "timeout_after", "payment_intents")
    house.up("worker")
    house.comes_to_rest()
    assert house.tell("charges", owed["invoice"]) == 1
    assert house.tell("state", owed["id"]) == "completed"


def test_events_that_come_again_after_the_job_settle_nothing_more(house):
    owed = house.tell("priced_with_a_word")
    house.comes_to_rest()
    assert house.tell("deliver_again", 5) == [200]
    house.comes_to_rest()
    assert house.tell("charges", owed["invoice"]) == 1
    assert house.tell("events", owed["id"], "charged") == 1
    assert house.tell("letters", owed["id"], "payment_received") == 1
