"""kill -9, in the middle of it."""

import threading

import pytest

from tests import stage
from tests.faults.processes import until

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
        paying = attempt_in_background(rosa.post, f"/requests/{owed['id']}/pay/", owed)
        reached()
        house.kill("web")
        paying.join()
    house.up("web")
    house.comes_to_rest()
    assert house.tell("charges", owed["invoice"]) == 1
    assert house.tell("payments", owed["id"]) == ["succeeded"]
    assert house.tell("state", owed["id"]) == "completed"


def attempt_in_background(post, *words, **files):
    """Begin to send a form; nobody may be left to answer it."""

    def attempt():
        try:
            post(*words, **files)
        except OSError:
            pass

    sending = threading.Thread(target=attempt)
    sending.start()
    return sending


def upload(house, one, pages=2):
    clara = house.browser("clara")
    file = ("records.pdf", stage.pdf(pages, title=one), "application/pdf")
    return attempt_in_background(clara.post, f"/inbound/{one}/upload/", files={"files": file})


@pytest.mark.parametrize("table", ["documents_document", "requests_app_recordpage"])
def test_web_killed_during_an_upload_leaves_all_of_the_file_or_nothing(house, table):
    one = house.tell("submitted")
    with house.held(table) as reached:
        uploading = upload(house, one)
        reached()
        house.kill("web")
        uploading.join()
    house.up("web")
    house.comes_to_rest()
    assert house.tell("files", one) == 0
    upload(house, one).join()
    assert house.tell("files", one) == 1


def test_web_killed_during_submit_submits_nothing_and_then_all(house):
    one = house.tell("draft")
    rosa = house.browser("rosa")
    with house.held("audit_activity") as reached:
        submitting = attempt_in_background(rosa.post, f"/new/{one['batch']}/submit/")
        reached()
        house.kill("web")
        submitting.join()
    house.up("web")
    house.comes_to_rest()
    assert house.tell("state", one["id"]) == "draft"
    rosa.post(f"/new/{one['batch']}/submit/")
    assert house.tell("state", one["id"]) == "pending"


def test_on_the_embedded_default_a_killed_worker_s_job_is_done_by_the_next(embedded):
    embedded.kill("worker")
    one = embedded.tell("paid")
    embedded.up("worker")
    until(lambda: embedded.tell("running") > 0)
    embedded.kill("worker")
    embedded.up("worker")
    embedded.comes_to_rest()
    assert embedded.tell("state", one) == "completed"
    assert embedded.tell("events", one, "assembled") == 1


def test_on_the_embedded_default_killed_web_is_back_with_what_was_saved(embedded):
    one = embedded.tell("submitted")
    uploading = upload(embedded, one)
    embedded.kill("web")
    uploading.join()
    embedded.up("web")
    embedded.comes_to_rest()
    assert embedded.tell("files", one) in (0, 1)
