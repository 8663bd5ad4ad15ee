"""A draft that was sent to the patient to sign, and nobody signed it for half a year: warned of, then deleted."""

import pytest

from audit.models import Activity
from chartrequest.days import business_day
from correspondence.models import Notice
from requests_app.authorizations import sending
from requests_app.clocks import after
from requests_app.models import Batch, RecordRequest, SigningInvitation, State
from tests.requests_app.authorizations import steps

pytestmark = pytest.mark.django_db


@pytest.fixture
def unsigned(rosa, custodian, clara):
    return steps.wait_for_patient(rosa, custodian)


@pytest.fixture
def on_day(on, unsigned):
    """That many days after the patient was sent the link."""
    today = business_day()
    return lambda days, *action: on(after(today, days), *action)


def warned():
    return Notice.objects.filter(event="draft_deleted_soon").count()


def test_it_is_warned_of_once_and_deleted_after_180_days_with_its_link(on_day, unsigned):
    for day in (100, 166, 167, 168, 180):
        on_day(day)
        assert warned() == (day >= 167)
    assert RecordRequest.objects.get().state == State.DRAFT
    on_day(181)
    assert (RecordRequest.objects.count(), Batch.objects.count(), SigningInvitation.objects.count()) == (
        0,
        0,
        0,
    )
    assert Activity.objects.filter(event="draft_deleted", subject_id=unsigned.pk).count() == 1


def test_a_link_that_is_sent_again_gives_it_time(on_day, rosa, unsigned):
    link = unsigned.authorization.invitation
    on_day(170, lambda: sending.send_again(link, by=rosa, email=steps.EMAIL, phone=""))
    on_day(181)
    assert RecordRequest.objects.exists()


def test_after_an_outage_it_is_warned_of_first(on_day, unsigned):
    on_day(300)
    assert (warned(), RecordRequest.objects.count()) == (1, 1)
    on_day(313)
    assert (warned(), RecordRequest.objects.count()) == (1, 1)
    on_day(314)
    assert RecordRequest.objects.count() == 0


def test_one_that_was_signed_goes_on_with_the_clock_of_what_is_submitted(on_day, unsigned):
    from outbox.queue import run_due

    steps.sign(unsigned.authorization.invitation)
    run_due(kind="requests.file_signed")
    on_day(20)
    request = RecordRequest.objects.get()
    assert (request.state, request.sweep_on) == (State.PENDING, after(business_day(), 47))
