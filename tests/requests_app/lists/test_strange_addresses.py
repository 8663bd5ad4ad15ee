"""Whatever somebody writes into the address of a list, it is a list (trust.md, bad input)."""

import pytest

pytestmark = pytest.mark.django_db
FIRST_HOUR, LAST_HOUR = "0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00"


@pytest.mark.parametrize("moment", [FIRST_HOUR, LAST_HOUR])
def test_a_key_at_the_end_of_all_times_is_no_key(as_, rosa, clara, pending, moment):
    assert as_(rosa).get(f"/outbound/?after={moment}~5").status_code == 200
    assert as_(clara).get(f"/inbound/?status=completed&after={moment}~5").status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", str(2**63), "9" * 25, "9" * 5000])
def test_an_assignee_of_any_number_is_nobody_s_error(as_, clara, pending, number):
    assert as_(clara).get(f"/inbound/?assigned={number}").status_code == 200
