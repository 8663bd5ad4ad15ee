"""A draft that nobody works on for 180 days is deleted, and never without a warning two weeks before."""

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from audit.models import Activity
from chartrequest.days import began, business_day
from correspondence.models import Notice
from requests_app.clocks import after
from requests_app.intake import keeping, submitting
from requests_app.models import Batch, RecordRequest
from requests_app.sweeping import drafts
from tests import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_day(on, draft):
    """`on_day(166)`: the sweep runs that many days after the draft was last touched."""
    touched = business_day(draft.batch.updated_at)
    return lambda days: on(after(touched, days), drafts.sweep)


def warned():
    return Notice.objects.filter(event="draft_deleted_soon").count()


def is_there():
    return Batch.objects.exists()


def test_it_is_warned_of_two_weeks_before_once(on_day):
    on_day(166)
    assert warned() == 0
    on_day(167)
    on_day(167)
    on_day(170)
    assert (warned(), is_there()) == (1, True)


def test_day_180_is_in_time_and_day_181_is_not(on_day, draft):
    on_day(167)
    on_day(180)
    assert is_there()
    on_day(181)
    assert (is_there(), RecordRequest.objects.exists()) == (False, False)
    entry = Activity.objects.get(event="draft_deleted")
    assert (entry.subject_id, entry.actor_name) == (draft.pk, "ChartRequest")


def test_after_an_outage_it_is_warned_of_first_and_deleted_two_weeks_later(on_day):
    on_day(300)
    assert (warned(), is_there()) == (1, True)
    on_day(313)
    assert is_there()
    on_day(314)
    assert not is_there()


def touch_batch(draft, rosa):
    draft.batch.save()


def touch_request(draft, rosa):
    draft.save()


def type_something(draft, rosa):
    keeping.keep("payment", MultiValueDict({"pay_by": ["x"]}), **keeping.place(draft.batch, rosa))


@pytest.mark.parametrize("work", [touch_batch, touch_request, type_something])
def test_any_work_after_the_warning_keeps_it(on_day, draft, rosa, work):
    on_day(167)
    with time_machine.travel(began(after(business_day(), 170)) + timezone.timedelta(hours=12), tick=False):
        work(draft, rosa)
    on_day(181)
    on_day(200)
    assert is_there()
    on_day(170 + 167)
    assert warned() == 2
    on_day(170 + 182)
    assert not is_there()


def test_a_warning_leads_to_the_draft(on_day, draft):
    on_day(167)
    notice = Notice.objects.get(event="draft_deleted_soon")
    assert (notice.reference, notice.address) == (str(draft), "rosa@example.test")
    assert notice.path == reverse("wizard_resume", args=[draft.batch_id])


def test_what_was_submitted_is_no_draft(on, draft, rosa):
    submitting.submit(draft.batch, by=rosa)
    on(after(business_day(), 400), drafts.sweep)
    assert (warned(), is_there()) == (0, True)


def test_a_draft_without_a_custodian_goes_too(on, rosa):
    stage.batch(rosa)
    today = business_day()
    on(after(today, 167), drafts.sweep)
    on(after(today, 181), drafts.sweep)
    assert (warned(), is_there()) == (1, False)
