"""A thread knows who has read it."""

import pytest
from django.utils import timezone

from correspondence.models import Thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread():
    return Thread.objects.create()


def unread(member):
    condition = Thread.unread_by(member, thread="thread_id")
    from requests_app.models import RecordRequest

    return RecordRequest.objects.filter(condition).count()


def test_what_the_other_side_wrote_is_unread_until_it_is_looked_at(pending, rosa, clara):
    pending.thread.post(by=clara, body="Which dates?")
    assert (unread(rosa), unread(clara)) == (1, 0)
    pending.thread.mark_read(rosa.person, timezone.now())
    assert unread(rosa) == 0


def test_each_person_reads_for_themselves(pending, rosa, ruth, clara):
    pending.thread.post(by=clara, body="Which dates?")
    pending.thread.mark_read(rosa.person, timezone.now())
    assert (unread(rosa), unread(ruth)) == (0, 1)


def test_a_newer_message_is_unread_again(pending, rosa, clara):
    pending.thread.post(by=clara, body="Which dates?")
    pending.thread.mark_read(rosa.person, timezone.now())
    pending.thread.post(by=clara, body="Still there?")
    assert unread(rosa) == 1


def test_the_author_s_name_stays_as_it_was(thread, rosa):
    message = thread.post(by=rosa, body="Hello")
    rosa.person.first_name = "Rosalind"
    rosa.person.save()
    message.refresh_from_db()
    assert (message.author_name, message.organization_name) == ("Rosa Example", "Smith Law")
