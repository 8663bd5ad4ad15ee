"""PostgreSQL cuts its connections, at rest and in the middle."""

import threading

import pytest

pytestmark = pytest.mark.faults


def test_after_a_cut_the_next_click_works(house):
    rosa = house.browser("rosa")
    rosa.get("/outbound/")
    house.cut_connections()
    assert rosa.get("/outbound/").status_code == 200


def test_a_cut_in_the_middle_of_submit_submits_nothing_and_says_so(house):
    one = house.tell("draft")
    rosa = house.browser("rosa")
    answers = []
    with house.held("audit_activity") as reached:
        submitting = threading.Thread(
            target=lambda: answers.append(rosa.post(f"/new/{one['batch']}/submit/"))
        )
        submitting.start()
        reached()
        house.cut_waiting()
        submitting.join()
    assert [answer.status_code for answer in answers] == [503]
    assert house.tell("state", one["id"]) == "draft"
    assert rosa.post(f"/new/{one['batch']}/submit/").status_code == 302
    house.comes_to_rest()


def test_a_cut_in_the_middle_of_a_job_is_tried_again_without_waiting_for_its_lease(house):
    with house.held("requests_app_release") as reached:
        one = house.tell("paid")
        reached()
        house.cut_waiting()
        assert house.tell("soon_waiting", "requests.deliver") == "django.db.utils.OperationalError"
    house.comes_to_rest()
    assert house.tell("state", one) == "completed"
    assert house.tell("events", one, "assembled") == 1
