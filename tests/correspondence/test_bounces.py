"""Mail that was taken and came back is told by the provider, or by ops who read the mailbox."""

import base64
import json

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import SuspiciousOperation
from django.urls import reverse

from correspondence.channels import bounces
from correspondence.models import ContactToCheck, Notice
from outbox.queue import run_due
from tests import cast

pytestmark = pytest.mark.django_db
ROSA, SECRET = "rosa@example.test", "postmark:hard to guess"


@pytest.fixture
def provider(settings):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET, "POSTMARK_SERVER_TOKEN": "t"}


@pytest.fixture
def taken(owed):
    owed.settle(Notice.State.DELIVERED, provider_id="7f3")
    return owed


@pytest.fixture
def told(provider, rf):
    """Tells as Postmark does; `said` changes what it says."""

    def tell(secret=SECRET, **said):
        event = {"RecordType": "Bounce", "Type": "HardBounce", "MessageID": "7f3", "Email": ROSA} | said
        (way,) = bounces.addresses()
        key = base64.b64encode(secret.encode()).decode()
        request = rf.post(
            f"/mail/{way.pattern}",
            json.dumps(event),
            content_type="application/json",
            headers={"authorization": f"Basic {key}"},
        )
        return way.callback(request).status_code

    return tell


def state(notice):
    notice.refresh_from_db()
    return notice.state


def test_the_notice_says_so_and_the_contact_is_to_check(taken, told):
    assert told() == 200
    assert state(taken) == Notice.State.BOUNCED
    assert ContactToCheck.objects.get().why == ContactToCheck.Why.BOUNCED


def test_told_twice_it_is_one(taken, told):
    told()
    told()
    assert ContactToCheck.objects.count() == 1


@pytest.mark.parametrize(
    "said",
    [{"Type": "Transient"}, {"RecordType": "Delivery"}, {"RecordType": "Open"}, {"Type": "SpamComplaint"}],
)
def test_what_is_no_bounce_changes_nothing(taken, told, said):
    assert told(**said) == 200
    assert state(taken) == Notice.State.DELIVERED
    assert not ContactToCheck.objects.exists()


def test_mail_that_is_no_notice_makes_a_contact_to_check_too(taken, told):
    told(MessageID="another")
    assert state(taken) == Notice.State.DELIVERED
    assert ContactToCheck.objects.get().address == ROSA


def test_nothing_is_kept_of_an_address_of_nobody(rosa, told):
    told(Email="typed@wrong.example")
    assert not ContactToCheck.objects.exists()


def test_without_the_secret_nothing_is_taken(taken, told):
    with pytest.raises(SuspiciousOperation):
        told(secret="postmark:guessed")
    assert state(taken) == Notice.State.DELIVERED


@pytest.mark.parametrize(
    ("backend", "anymail"),
    [
        ("anymail.backends.postmark.EmailBackend", {}),
        ("django.core.mail.backends.smtp.EmailBackend", {"WEBHOOK_SECRET": SECRET}),
    ],
)
def test_no_address_is_open_without_provider_and_secret(settings, backend, anymail):
    settings.EMAIL_BACKEND, settings.ANYMAIL = backend, anymail
    assert bounces.addresses() == []


@pytest.mark.parametrize(("group", "marked"), [("Organizations", True), ("Read only", False)])
def test_ops_say_it_by_hand(taken, client, group, marked):
    reader = cast.staff("reader")
    reader.groups.add(Group.objects.get(name=group))
    reader.user_permissions.add(cast.right("correspondence.view_notice"))
    client.force_login(reader)
    listing = reverse("admin:correspondence_notice_changelist")
    client.post(listing, {"action": "came_back", "_selected_action": [taken.pk]})
    assert (state(taken) == Notice.State.BOUNCED) is marked
    assert ContactToCheck.objects.exists() is marked


def test_what_was_never_sent_did_not_come_back(owed, client):
    client.force_login(cast.ops("reader"))
    listing = reverse("admin:correspondence_notice_changelist")
    client.post(listing, {"action": "came_back", "_selected_action": [owed.pk]})
    assert state(owed) == Notice.State.WAITING
    run_due()
    assert state(owed) == Notice.State.DELIVERED
