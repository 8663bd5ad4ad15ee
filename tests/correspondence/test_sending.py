"""A notice is sent after its change, retried while the provider is down, and says what became of it."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from correspondence.channels import Refused, text
from correspondence.models import Notice
from outbox.models import MOST_ATTEMPTS, Job
from outbox.queue import run, run_due
from sandbox import tray
from sandbox.models import Item

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


@pytest.fixture(autouse=True)
def _into_the_tray(settings):
    settings.EMAIL_BACKEND = "sandbox.tray.EmailBackend"


def job_of(notice):
    return Job.objects.get(key=notice.job_key)


def test_it_lands_once_with_subject_and_link(owed):
    run_due()
    (item,) = Item.objects.all()
    assert (item.to, item.subject) == ("rosa@example.test", "A message about request 4820-1173-94")
    assert "http://testserver/requests/4820117394/" in item.body
    owed.refresh_from_db()
    assert owed.state == Notice.State.DELIVERED
    assert owed.sent_at


def test_a_job_that_runs_twice_sends_once(owed):
    run_due()
    Job.objects.filter(key=owed.job_key).update(state=Job.State.WAITING)
    run_due()
    assert Item.objects.count() == 1


def test_mail_that_is_down_is_tried_again(owed):
    tray.refuse("*", "refused")
    run_due()
    owed.refresh_from_db()
    assert (owed.state, job_of(owed).state) == (Notice.State.WAITING, Job.State.WAITING)
    tray.accept("*")
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        run_due()
    assert Item.objects.count() == 1


def test_mail_that_stays_down_ends_as_failed(owed):
    tray.refuse("*", "refused")
    Job.objects.filter(key=owed.job_key).update(attempts=MOST_ATTEMPTS - 1)
    run_due()
    owed.refresh_from_db()
    assert (owed.state, job_of(owed).state) == (Notice.State.FAILED, Job.State.DEAD)


def test_a_refused_address_fails_at_once(owed):
    tray.refuse(owed.address)
    run_due()
    owed.refresh_from_db()
    assert (owed.state, job_of(owed).state) == (Notice.State.FAILED, Job.State.DEAD)


def test_ops_see_what_failed_and_send_it_again(owed, olga, client):
    tray.refuse(owed.address)
    run_due()
    tray.accept(owed.address)
    client.force_login(olga)
    listing = reverse("admin:correspondence_notice_changelist")
    assert "rosa@example.test" in client.get(listing, {"state__exact": "failed"}).content.decode()
    client.post(listing, {"action": "send_again", "_selected_action": [owed.pk]})
    run(job_of(owed).pk)
    owed.refresh_from_db()
    assert owed.state == Notice.State.DELIVERED


def test_a_text_goes_out_by_its_channel(rosa):
    notice = Notice.objects.owe(
        "message_received", Notice.Channel.TEXT, "+14785550199", reference="4820-1173-94", path="/x/"
    )
    run_due()
    item = Item.objects.get(kind=Item.Kind.TEXT)
    notice.refresh_from_db()
    assert item.to == "+14785550199"
    assert item.body.startswith("A message about request 4820-1173-94\n")
    assert notice.provider_id == item.id


def test_a_refused_number_fails_at_once():
    tray.refuse("+14785550199")
    with pytest.raises(Refused):
        text.send("+14785550199", subject="Hello", body="there", key="one")
