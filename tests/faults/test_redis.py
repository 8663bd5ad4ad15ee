"""Redis gone, hanging, emptied, taking no writes: people go on, rows wait, nothing is lost."""

import os
import signal
import time

import pytest

pytestmark = pytest.mark.faults
LONGEST_ANSWER = 20  # seconds, on a busy machine; without limits on the sockets it was minutes, or no answer


@pytest.fixture
def rosa(house):
    return house.browser("rosa")


def submit(house, rosa):
    """Submit a draft on the web while something is broken; the seconds it took, and the request."""
    one = house.tell("draft")
    began = time.monotonic()
    answer = rosa.post(f"/new/{one['batch']}/submit/")
    assert answer.status_code == 302
    assert house.tell("state", one["id"]) == "pending"
    return time.monotonic() - began, one["id"]


@pytest.mark.faults(short=True)
def test_redis_down_people_go_on_and_jobs_wait(house, rosa):
    house.kill("redis")
    seconds, _one = submit(house, rosa)
    assert seconds < LONGEST_ANSWER
    assert house.health() == 503
    assert rosa.get("/outbound/").status_code == 200
    assert house.tell("open_jobs") > 0
    house.up("redis")
    house.comes_to_rest()
    assert house.health() == 200


def test_a_redis_that_hangs_holds_nobody_up(house, rosa):
    os.kill(house.running["redis"].pid, signal.SIGSTOP)
    try:
        seconds, _one = submit(house, rosa)
        assert house.health() == 503
    finally:
        os.kill(house.running["redis"].pid, signal.SIGCONT)
    assert seconds < LONGEST_ANSWER
    house.comes_to_rest()


@pytest.mark.parametrize("ending", [signal.SIGSTOP, signal.SIGKILL])
def test_without_redis_who_signs_in_is_asked_to_come_back(house, ending):
    redis = house.running["redis"]
    os.kill(redis.pid, ending)
    began = time.monotonic()
    try:
        answer = house.sign_in_by_form("rosa")
    finally:
        os.kill(redis.pid, signal.SIGCONT)
    assert time.monotonic() - began < LONGEST_ANSWER
    assert answer.status_code == 503
    assert "count tries" in answer.text
    house.up()
    assert house.sign_in_by_form("rosa").status_code == 302


def test_an_emptied_redis_costs_only_time(house, rosa):
    house.kill("worker")
    one = house.tell("paid")
    house.redis.flushall()
    house.up("worker")
    house.comes_to_rest()
    assert house.tell("state", one) == "completed"


def test_redis_without_writes_does_not_end_the_worker(house, rosa):
    house.redis.config_set("min-replicas-to-write", 1)
    try:
        seconds, _one = submit(house, rosa)
        assert seconds < LONGEST_ANSWER
        one = house.tell("paid")
        time.sleep(5)
        assert house.runs("worker")
        assert house.runs("beat")
    finally:
        house.redis.config_set("min-replicas-to-write", 0)
    house.comes_to_rest()
    assert house.tell("state", one) == "completed"


def test_a_redis_turned_replica_does_not_end_the_worker(house, rosa):
    house.redis.replicaof("127.0.0.1", "1")
    try:
        seconds, _one = submit(house, rosa)
        assert seconds < LONGEST_ANSWER
        time.sleep(10)
        assert house.runs("worker")
        assert house.runs("beat")
    finally:
        house.redis.replicaof("NO", "ONE")
    house.comes_to_rest()
