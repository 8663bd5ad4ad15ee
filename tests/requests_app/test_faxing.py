"""Fax return: sent once for each try; after three failures both sides are told and the download is offered."""

import io
from datetime import timedelta

import pypdf
import pytest
import time_machine
from django.utils import timezone

from audit.models import Activity
from correspondence.channels import fax
from correspondence.models import ContactToCheck, Notice
from outbox.models import MOST_ATTEMPTS, Job
from outbox.queue import run_due
from requests_app.models import Batch, Release, State
from sandbox import tray
from sandbox.models import Item
from tests import stage

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
NUMBER = "+14045550188"


@pytest.fixture
def ordered(rosa, custodian, clara):
    """Paid, and to be faxed."""
    made = stage.draft(rosa, custodian, delivery=Batch.Delivery.FAX, return_fax=NUMBER)
    made.submit(by=rosa)
    stage.priced(made, clara)
    made.invoices.get().settle(by=clara)
    made.refresh_from_db()
    return made


@pytest.fixture
def minutes():
    """`minutes(5)` lets five minutes pass and does what is due by then."""
    with time_machine.travel(timezone.now(), tick=False) as clock:

        def passed(count):
            clock.shift(timedelta(minutes=count))
            run_due()

        yield passed


def faxes():
    return Item.objects.filter(kind=Item.Kind.FAX)


def events(record_request):
    return list(Activity.objects.of(record_request).values_list("event", flat=True))


def told(event):
    return set(Notice.objects.filter(event=event).values_list("address", flat=True))


def test_a_fax_that_arrives_completes_the_request(ordered, minutes):
    minutes(0)
    assert faxes().get().to == NUMBER
    ordered.refresh_from_db()
    assert ordered.state == State.ORDERED
    minutes(1)
    ordered.refresh_from_db()
    assert ordered.state == State.COMPLETED
    assert Release.objects.get().faxed_at
    assert events(ordered)[-2:] == ["faxed", "complete"]


def test_what_is_faxed_is_the_release(ordered, minutes):
    minutes(0)
    assert bytes(faxes().get().pdf) == Release.objects.get().document.read()


def test_its_first_page_names_no_patient(ordered, minutes):
    minutes(0)
    first, *_ = pypdf.PdfReader(io.BytesIO(bytes(faxes().get().pdf))).pages
    assert "Smith Law" in first.extract_text()
    assert "Wright" not in first.extract_text()


def test_a_failed_fax_is_tried_again(ordered, minutes):
    tray.refuse(NUMBER)
    minutes(0)
    tray.accept(NUMBER)
    minutes(1)
    assert (faxes().count(), events(ordered)[-1]) == (1, "fax_failed")
    minutes(10)
    minutes(1)
    ordered.refresh_from_db()
    assert (ordered.state, faxes().count()) == (State.COMPLETED, 2)


def test_after_three_failures_both_sides_are_told_and_the_download_is_offered(
    ordered, minutes, rosa, clara, as_
):
    tray.refuse(NUMBER)
    for _ in range(40):
        minutes(1)
    ordered.refresh_from_db()
    assert (ordered.state, faxes().count(), events(ordered).count("fax_failed")) == (State.COMPLETED, 3, 3)
    assert told("fax_failed") == {"rosa@example.test", "clara@example.test"}
    assert as_(rosa).get(ordered.get_absolute_url() + "records/").status_code == 200
    assert "could not be faxed" in as_(rosa).get(ordered.get_absolute_url()).content.decode()


def test_a_number_the_provider_refuses_is_not_tried_again(ordered, minutes, monkeypatch):
    def refuses(*args, **kwargs):
        raise tray.Undeliverable

    monkeypatch.setattr(tray, "send_fax", refuses)
    minutes(0)
    ordered.refresh_from_db()
    assert ordered.state == State.COMPLETED
    assert told("fax_failed") == {"rosa@example.test", "clara@example.test"}


def test_a_provider_that_is_down_is_waited_for(ordered, minutes):
    tray.refuse("*", "refused")
    minutes(0)
    assert (faxes().count(), events(ordered)[-1]) == (0, "assembled")
    tray.accept("*")
    minutes(2)
    minutes(1)
    ordered.refresh_from_db()
    assert (ordered.state, faxes().count()) == (State.COMPLETED, 1)


@pytest.mark.parametrize("kind", ["requests.deliver", "requests.fax", "requests.fax_result"])
def test_each_step_run_twice_sends_one_fax(ordered, minutes, kind):
    minutes(0)
    Job.objects.filter(kind=kind).update(state=Job.State.WAITING, due_at=timezone.now())
    minutes(0)
    minutes(1)
    Job.objects.filter(kind=kind).update(state=Job.State.WAITING, due_at=timezone.now())
    minutes(1)
    assert faxes().count() == events(ordered).count("faxed") == events(ordered).count("complete") == 1


def test_a_worker_killed_after_the_hand_over_sends_no_second_fax(ordered, minutes, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("requests_app.faxing.enqueue", lambda *args, **ids: 1 / 0)
        Job.objects.create(kind="requests.fax", key="x", ids={"record_request_id": ordered.pk})
        run_due(kind="requests.deliver")
        run_due(kind="requests.fax")
    for _ in range(3):
        minutes(5)
    ordered.refresh_from_db()
    assert (ordered.state, faxes().count()) == (State.COMPLETED, 1)


def test_a_fax_under_way_is_looked_at_again(ordered, minutes, monkeypatch):
    monkeypatch.setattr(tray, "fax_state", lambda fax_id: fax.SENDING)
    minutes(0)
    minutes(1)
    job = Job.objects.get(kind="requests.fax_result")
    assert (job.state, job.attempts) == (Job.State.WAITING, 1)


def test_a_fax_under_way_for_hours_ends_as_a_download_and_not_as_a_second_fax(ordered, minutes, monkeypatch):
    monkeypatch.setattr(tray, "fax_state", lambda fax_id: fax.SENDING)
    minutes(0)
    Job.objects.filter(kind="requests.fax_result").update(attempts=MOST_ATTEMPTS - 1)
    minutes(1)
    minutes(20)
    ordered.refresh_from_db()
    assert (ordered.state, faxes().count()) == (State.COMPLETED, 1)


def test_what_is_too_long_for_a_fax_is_offered_as_a_download(ordered, minutes, monkeypatch):
    monkeypatch.setattr(fax, "MOST_PAGES", 2)
    minutes(0)
    ordered.refresh_from_db()
    assert (ordered.state, faxes().count()) == (State.COMPLETED, 0)
    assert told("fax_too_long") == {"rosa@example.test"}


def test_a_page_or_byte_too_many_is_too_long():
    assert fax.takes(fax.MOST_PAGES, fax.MOST_BYTES)
    assert not fax.takes(fax.MOST_PAGES + 1, 1)
    assert not fax.takes(1, fax.MOST_BYTES + 1)


def test_a_number_that_takes_no_fax_is_one_contact_to_check(ordered, minutes):
    tray.refuse(NUMBER)
    for _ in range(40):
        minutes(1)
    (task,) = ContactToCheck.objects.open()
    assert (task.address, task.why, task.reference) == (NUMBER, ContactToCheck.Why.FAX, str(ordered))


def test_one_that_takes_a_fax_is_none_any_more(ordered, minutes):
    ContactToCheck.objects.report(Notice.Channel.FAX, NUMBER, why=ContactToCheck.Why.FAX)
    minutes(5)
    minutes(5)
    assert not ContactToCheck.objects.open().exists()
