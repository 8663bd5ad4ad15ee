"""kill -9, in the middle of it."""

import threading

import pytest

pytestmark = pytest.mark.faults


@pytest.mark.faults(short=True)
def test_a_worker_killed_during_delivery_delivers_once_it_is_back(house):
    with house.held("requests_app_release") as reached:
        one = house.tell("paid")
        reached()
        house.kill("worker")
    house.up("worker")
    house.comes_to_rest()
    assert house.tell("state", one) == "completed"
    assert house.tell("events", one, "assembled") == 1


def test_a_pool_child_killed_during_a_job_does_it_again(house):
    with house.held("requests_app_release") as reached:
        one = house.tell("paid")
        reached()
        house.kill_children("worker")
    house.comes_to_rest()
    assert house.tell("state", one) == "completed"
    assert house.tell("events", one, "assembled") == 1


@pytest.mark.faults(short=True)
def test_web_killed_between_the_bank_s_answer_and_our_commit_charges_once(house):
    owed = house.tell("priced")
    rosa = house.browser("rosa")
    with house.held("billing_ledgertransaction") as reached:
        paying = threading.Thread(target=attempt, args=[rosa.post, f"/requests/{owed['id']}/pay/", owed])
        paying.start()
        reached()
        house.kill("web")
        paying.join()
    house.up("web")
    house.comes_to_rest()
    assert house.tell("charges", owed["invoice"]) == 1
    assert house.tell("payments", owed["id"]) == ["succeeded"]
    assert house.tell("state", owed["id"]) == "completed"


def attempt(post, *words, **files):
    """Nobody is left to answer."""
    try:
        post(*words, **files)
    except OSError:
        pass
