"""Each is told the way they chose (product 2.11): one place obeys it, and what is owed is then sent."""

import re
import threading

import pytest
from django.conf import settings
from django.db import connections
from django.utils import timezone

from correspondence import events, invariants
from correspondence.models import Choice, Notice
from correspondence.sending import wording
from outbox.queue import run_due
from requests_app import notices
from requests_app.charging import Outlook
from sandbox import tray
from sandbox.models import Item
from tests import cast

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
PHONE = "+14785550123"


@pytest.fixture
def with_phone(rosa):
    rosa.person.phone, rosa.person.phone_verified_at = PHONE, timezone.now()
    rosa.person.save()
    return rosa.person


def told(event):
    return set(Notice.objects.filter(event=event).values_list("channel", "address"))


def test_without_a_choice_it_is_an_email(pending, rosa):
    assert told("request_submitted") == {("email", rosa.person.email)}


def test_text_goes_to_the_verified_phone(with_phone, pending):
    Choice.objects.choose(with_phone, {"priced": "text"})
    notices.to_requestor(pending, "request_priced")
    assert told("request_priced") == {("text", PHONE)}


def test_the_text_is_short_and_says_nothing_about_health(with_phone, pending, settings):
    settings.SITE_URL = "https://app.chartrequest.example"
    Choice.objects.choose(with_phone, {group.key: "text" for group in events.GROUPS})
    for group in events.GROUPS:
        for event in group.events:
            (notice,) = Notice.objects.to_people(
                [with_phone], event, reference=str(pending), path=pending.get_absolute_url()
            )
            subject, body = wording(notice)
            text = f"{subject}\n{body}"
            assert len(text) <= 160, text
            assert text.startswith("ChartRequest: ")
            assert text.endswith(pending.get_absolute_url())
            assert str(pending) in text


def test_the_text_is_sent(with_phone, pending):
    Choice.objects.choose(with_phone, {"message": "text"})
    notices.to_requestor(pending, "message_received")
    run_due()
    item = Item.objects.get(kind=Item.Kind.TEXT)
    assert (item.to, item.body) == (
        PHONE,
        f"ChartRequest: A message about request {pending}\nhttp://testserver{pending.get_absolute_url()}",
    )


@pytest.mark.parametrize("gone", ["phone", "phone_verified_at"])
def test_a_phone_that_is_gone_leaves_the_email(with_phone, pending, gone):
    Choice.objects.choose(with_phone, {"priced": "text"})
    setattr(with_phone, gone, "" if gone == "phone" else None)
    with_phone.save()
    pending.batch.owner.refresh_from_db()
    notices.to_requestor(pending, "request_priced")
    assert told("request_priced") == {("email", with_phone.email)}


def test_a_text_that_can_t_be_delivered_becomes_an_email(with_phone, pending):
    Choice.objects.choose(with_phone, {"priced": "text"})
    notices.to_requestor(pending, "request_priced")
    tray.refuse(PHONE)
    run_due()
    assert told("request_priced") == {("text", PHONE), ("email", with_phone.email)}
    assert Notice.objects.get(event="request_priced", channel="email").state == Notice.State.DELIVERED
    assert list(invariants.violations()) == []


def test_none_owes_nothing_and_the_books_agree(pending, rosa):
    Choice.objects.choose(rosa.person, {"priced": "none"})
    notices.to_requestor(pending, "request_priced")
    run_due()
    assert told("request_priced") == set()
    assert list(invariants.violations()) == []


def test_a_choice_is_of_one_person_and_one_group(pending, clara, carl, rosa):
    Choice.objects.choose(clara.person, {"message": "none"})
    Choice.objects.choose(rosa.person, {"paid": "none"})
    notices.to_custodian(pending, "message_received", "send_messages")
    notices.to_requestor(pending, "message_received")
    assert told("message_received") == {("email", carl.person.email), ("email", rosa.person.email)}


@pytest.mark.parametrize("event", ["release_stopped", "authorization_revoked", "payment_returned"])
def test_some_things_always_go_out(pending, rosa, event):
    Choice.objects.choose(rosa.person, {group.key: "none" for group in events.GROUPS})
    notices.to_requestor(pending, event)
    assert told(event) == {("email", rosa.person.email)}


def test_every_event_that_is_chosen_has_its_words_and_stands_in_one_group():
    named = [event for group in events.GROUPS for event in group.events]
    files = {file.stem for file in (settings.BASE_DIR / "templates/correspondence/notices").glob("*.txt")}
    assert len(named) == len(set(named))
    assert set(named) <= files


def test_every_notice_of_a_request_is_chosen_or_always_sent():
    """A new event is put into a group, or here on purpose."""
    owed = {name for name, _ in notices.TO_CUSTODIAN.values()} | set(notices.TO_REQUESTOR.values())
    for app in ("requests_app", "billing"):
        for file in (settings.BASE_DIR / app).rglob("*.py"):
            owed |= set(re.findall(r"(?:to_requestor|to_custodian)\([\w.]+, \"(\w+)\"", file.read_text()))
    owed |= {one.value for one in Outlook}
    always = {"authorization_revoked", "release_stopped", "payment_returned", "request_undelivered"}
    always |= {"request_to_approve", "request_card_missing"}
    always |= {"check_short", "answer_extended"}
    always |= {"charge_declined", "charge_left", "charge_to_confirm"}
    assert {event for event in owed - always if events.group_of(event) is None} == set()


def test_choosing_again_replaces(rosa):
    Choice.objects.choose(rosa.person, {"priced": "none", "paid": "none"})
    Choice.objects.choose(rosa.person, {"priced": "email"})
    assert set(Choice.objects.values_list("group", "channel")) == {("priced", "email"), ("paid", "none")}


# Two tabs ----------------------------------------------------------------------------------------
KEYS = sorted(group.key for group in events.GROUPS)


def both_tabs(person):
    """Two tabs save all groups at the same moment: one "none", one "email"; returns what stands then, and errors."""
    start, failed = threading.Barrier(2), []

    def save(channel):
        start.wait(10)
        try:
            Choice.objects.choose(person, dict.fromkeys(KEYS, channel))
        except Exception as error:
            failed.append(type(error).__name__)
        finally:
            connections.close_all()

    tabs = [threading.Thread(target=save, args=[channel]) for channel in ("none", "email")]
    for one in tabs:
        one.start()
    for one in tabs:
        one.join(30)
    return set(Choice.objects.values_list("channel", flat=True)), failed


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_tabs_at_once_leave_the_one_or_the_other():
    person = cast.person("rosa")
    for _ in range(10):
        channels, failed = both_tabs(person)
        assert (len(channels), failed) == (1, [])
        Choice.objects.all().delete()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_row_by_row_they_would_mix_or_fail(monkeypatch):
    looked = threading.Barrier(2)

    def row_by_row(self, person, channels):
        for group, channel in channels.items():
            known = Choice.objects.filter(person=person, group=group).first()
            looked.wait(10)
            if known:
                Choice.objects.filter(pk=known.pk).update(channel=channel)
            else:
                Choice.objects.create(person=person, group=group, channel=channel)

    monkeypatch.setattr(type(Choice.objects), "choose", row_by_row)
    channels, failed = both_tabs(cast.person("rosa"))
    assert len(channels) > 1 or failed
