"""Messages between the two sides of a request: kept, told to the other side, unread until looked at."""

import pytest
from django.urls import reverse

from audit.models import Activity
from correspondence.models import Message, Notice, Thread
from requests_app.models import RecordRequest

pytestmark = pytest.mark.django_db


@pytest.fixture
def write(as_):
    def posted(member, record_request, body):
        address = reverse("post_message", args=[record_request.public_id])
        return as_(member).post(address, {"body": body})

    return posted


def told():
    return set(Notice.objects.filter(event="message_received").values_list("address", flat=True))


def unread(member):
    return RecordRequest.objects.filter(Thread.unread_by(member, thread="thread_id")).count()


def test_the_practice_reads_what_the_firm_wrote(write, look, rosa, clara, pending):
    answer = write(rosa, pending, "Please send the <b>films</b> too.")
    assert answer.url == pending.get_absolute_url() + "#messages"
    html = look(clara, pending.get_absolute_url()).content.decode()
    assert "Please send the &lt;b&gt;films&lt;/b&gt; too." in html
    assert Activity.objects.of(pending).filter(event="message", person=rosa.person).count() == 1


def test_each_side_tells_the_other(write, rosa, clara, fred, pending):
    write(rosa, pending, "Hello")
    assert "clara@example.test" in told()
    assert "rosa@example.test" not in told()
    Notice.objects.all().delete()
    write(clara, pending, "Hello")
    assert told() == {"rosa@example.test"}


def test_when_the_owner_left_the_firm_those_who_may_ask_are_told(write, rosa, ruth, clara, pending):
    rosa.removed_at = pending.created_at
    rosa.save()
    write(clara, pending, "Hello")
    assert told() == {"ruth@example.test"}


def test_looking_at_the_page_reads_it(write, look, rosa, clara, pending):
    write(clara, pending, "Which years?")
    assert unread(rosa) == 1
    look(rosa, pending.get_absolute_url())
    assert (unread(rosa), unread(clara)) == (0, 0)


def test_asking_for_the_head_alone_reads_nothing(write, as_, rosa, clara, pending):
    write(clara, pending, "Which years?")
    as_(rosa).head(pending.get_absolute_url())
    assert unread(rosa) == 1


def test_what_came_in_while_the_page_was_made_stays_unread(rosa, clara, pending):
    seen = pending.thread.post(by=clara, body="One")
    pending.thread.post(by=clara, body="Two")
    pending.thread.mark_read(rosa.person, seen.sent_at)
    assert unread(rosa) == 1


@pytest.mark.parametrize("body", ["", "   ", "\u200b", "x" * 5001, "a\u202eb", "y" * 1_000_000])
def test_bad_input_comes_back_with_its_error(write, rosa, pending, body):
    answer = write(rosa, pending, body)
    assert answer.status_code == 422
    assert answer.context["message_form"].errors["body"]
    assert Message.objects.count() == 0


def test_what_was_typed_is_kept(write, rosa, pending):
    assert "z" * 5001 in write(rosa, pending, "z" * 5001).content.decode()


def test_five_thousand_characters_are_taken(write, rosa, pending):
    write(rosa, pending, "é" * 5000)
    assert Message.objects.get().body == "é" * 5000


def test_a_draft_has_nobody_to_write_to(write, look, rosa, draft):
    write(rosa, draft, "Hello")
    assert Message.objects.count() == 0
    assert "<textarea" not in look(rosa, draft.get_absolute_url()).content.decode()


def test_who_may_not_write_gets_403_and_a_stranger_404(write, rosa, sam, pending):
    assert write(sam, pending, "Hello").status_code == 404
    rosa.role.permissions = ["view_requests"]
    rosa.role.save()
    assert write(rosa, pending, "Hello").status_code == 403
    assert Message.objects.count() == 0


def test_a_long_thread_shows_its_end_and_all_on_demand(look, rosa, clara, pending):
    for number in range(60):
        pending.thread.post(by=clara, body=f"message {number}.")
    html = look(rosa, pending.get_absolute_url()).content.decode()
    assert "message 59." in html
    assert "message 5." not in html
    assert "message 5." in look(rosa, pending.get_absolute_url(), messages="all").content.decode()
