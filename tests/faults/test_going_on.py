"""Mail is down, beat is off, there are two of it: what must happen happens, once."""

import pytest

from tests.faults import processes
from tests.faults.processes import until

pytestmark = pytest.mark.faults


def test_mail_that_was_down_goes_out_once_it_is_up(house):
    house.tell("mail", is_up=False)
    try:
        one = house.tell("submitted")
        house.tell("soon_waiting", "correspondence.send")
        assert house.tell("letters", one, "request_submitted") == 0
    finally:
        house.tell("mail", is_up=True)
    house.comes_to_rest()
    assert house.tell("letters", one, "request_submitted") == 1


def test_after_days_without_beat_or_worker_all_is_taken_up_by_itself(house):
    house.kill("beat")
    house.kill("worker")
    one = house.tell("paid")
    house.redis.flushall()
    house.tell("set_due_long_ago", 3 * 24 * 60)
    house.up()
    until(lambda: house.tell("state", one) == "completed", 90)
    house.comes_to_rest()


def test_two_beats_and_two_workers_do_everything_once(house):
    twins = [
        processes.start(command, log=house.folder / "twin.log", env=house.env)
        for name, command in house.commands().items()
        if name in ("worker", "beat")
    ]
    try:
        made = [house.tell("paid") for _number in range(4)]
        house.comes_to_rest()
    finally:
        for twin in twins:
            processes.kill(twin)
    for one in made:
        assert house.tell("events", one, "assembled") == 1
        assert house.tell("letters", one, "records_ready") == 1
