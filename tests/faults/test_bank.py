"""The bank is slow, breaks off, says it twice: one charge, one ledger line, one delivery."""

import pytest

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


def test_events_ten_times_and_in_any_order_move_the_money_once(house):
    one = house.tell("paid")
    house.comes_to_rest()
    assert house.tell("deliver_again", 10) == [200]
    house.comes_to_rest()
    assert house.tell("events", one, "paid") == 1
    assert house.tell("letters", one, "payment_received") == 1
