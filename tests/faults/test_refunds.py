"""A refund whose worker dies, or whose bank breaks off, goes back once."""

import pytest

pytestmark = pytest.mark.faults


@pytest.fixture
def paid(house):
    """A request that is paid and delivered."""
    one = house.tell("paid")
    house.comes_to_rest()
    return one


@pytest.mark.faults(short=True)
def test_a_worker_killed_between_the_bank_s_refund_and_our_commit_pays_back_once(house, paid):
    with house.held("billing_ledgertransaction") as reached:
        refund = house.tell("refund_approved", paid)
        reached()
        assert house.tell("refunds_at_bank", refund) == [100]
        assert house.tell("refund_state", refund) == "approved"
        house.kill("worker")
    house.up("worker")
    house.comes_to_rest()
    assert house.tell("refund_state", refund) == "paid"
    assert house.tell("refunds_at_bank", refund) == [100]
    assert house.tell("events", paid, "refund_paid") == 1


@pytest.mark.parametrize(
    "fault", ["timeout_before", "timeout_after", "error_before", "error_after", "rate_limited", "in_use"]
)
def test_a_bank_that_breaks_off_pays_back_once(house, paid, fault):
    house.tell("break_bank", fault, "refunds")
    refund = house.tell("refund_approved", paid)
    house.comes_to_rest()
    assert house.tell("refund_state", refund) == "paid"
    assert house.tell("refunds_at_bank", refund) == [100]
