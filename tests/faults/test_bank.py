"""The bank is slow, breaks off, says it twice: one charge, one ledger line, one delivery."""

import pytest

from tests.faults.processes import until
from tests.faults.test_killed import attempt_in_background

pytestmark = pytest.mark.faults


@pytest.mark.parametrize(
    "fault", ["timeout_before", "timeout_after", "error_before", "error_after", "rate_limited", "in_use"]
)
def test_a_bank_that_breaks_off_charges_once_at_most(house, fault):
    owed = house.tell("priced")
    rosa = house.browser("rosa")
    house.tell("break_bank", fault, "payment_intents")
    assert rosa.post(f"/requests/{owed['id']}/pay/", owed).status_code == 302
    house.tell("two_minutes_later", owed["id"])
    house.comes_to_rest()
    if house.tell("state", owed["id"]) == "priced":  # it never arrived: the payer is free to try again
        assert house.tell("payments", owed["id"]) == ["canceled"]
        rosa.post(f"/requests/{owed['id']}/pay/", owed)
        house.comes_to_rest()
    assert house.tell("state", owed["id"]) == "completed"
    assert house.tell("charges", owed["invoice"]) == 1


def test_event_and_the_browser_s_return_at_once_settle_once(house):
    """The answer to our own call was lost; then both bring it in the same moment."""
    owed = house.tell("priced")
    rosa = house.browser("rosa")
    house.kill("worker")
    house.tell("break_bank", "timeout_after", "payment_intents")
    assert rosa.post(f"/requests/{owed['id']}/pay/", owed).status_code == 302
    assert house.tell("payments", owed["id"]) == ["started"]
    with house.held("billing_ledgertransaction") as reached:
        returning = attempt_in_background(rosa.get, f"/requests/{owed['id']}/pay/status/")
        reached()
        house.tell("deliver_again", 1)
        house.up("worker")
        until(lambda: house.waiting() > 1)
    returning.join()
    house.comes_to_rest()
    assert house.tell("payments", owed["id"]) == ["succeeded"]
    assert house.tell("charges", owed["invoice"]) == 1
    assert house.tell("events", owed["id"], "paid") == 1
    assert house.tell("letters", owed["id"], "payment_received") == 1


def test_events_ten_times_and_in_any_order_move_the_money_once(house):
    one = house.tell("paid")
    house.comes_to_rest()
    assert house.tell("deliver_again", 10) == [200]
    house.comes_to_rest()
    assert house.tell("events", one, "paid") == 1
    assert house.tell("letters", one, "payment_received") == 1
