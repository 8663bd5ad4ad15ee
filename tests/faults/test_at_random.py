"""Any fault at any moment of a payment and its delivery. FAULT_ROUNDS says how often (5), FAULT_SEED which moments."""

import os
import random
import time

import pytest

from tests.faults.test_killed import attempt_in_background

pytestmark = pytest.mark.faults
SEED = int(os.environ.get("FAULT_SEED") or random.randrange(10**6))  # noqa: S311
ROUNDS = range(int(os.environ.get("FAULT_ROUNDS", "5")))
FAULTS = {
    "web": lambda house: house.kill("web"),
    "worker": lambda house: house.kill("worker"),
    "pool": lambda house: house.kill_children("worker"),
    "redis": lambda house: house.kill("redis"),
    "flush": lambda house: house.redis.flushall(),
    "cut": lambda house: house.cut_connections(),
}


@pytest.mark.parametrize("seed", [SEED + number for number in ROUNDS])
def test_whatever_breaks_whenever_the_money_moves_once_and_the_records_arrive(house, seed):
    chance = random.Random(seed)  # noqa: S311
    owed = house.tell("priced")
    rosa = house.browser("rosa")
    paying = attempt_in_background(rosa.post, f"/requests/{owed['id']}/pay/", owed)
    for fault in chance.sample(list(FAULTS), 2):
        time.sleep(chance.uniform(0, 1.5))
        FAULTS[fault](house)
        house.up()
    paying.join()
    house.tell("two_minutes_later", owed["id"])
    house.comes_to_rest()
    if house.tell("state", owed["id"]) == "priced":
        rosa.post(f"/requests/{owed['id']}/pay/", owed)
        house.comes_to_rest()
    assert house.tell("state", owed["id"]) == "completed"
    assert house.tell("charges", owed["invoice"]) == 1
    assert house.tell("events", owed["id"], "assembled") == 1
