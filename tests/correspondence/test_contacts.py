"""A contact that doesn't work is one task for ops, until it is changed, works again or is settled (product 10.1)."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from audit.models import MoveRefused
from correspondence.models import ContactToCheck, Notice
from outbox.models import MOST_ATTEMPTS, Job
from outbox.queue import run_due
from sandbox import tray
from tests import cast
from tests.access.bad import TEXTS

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
EMAIL, FAX = Notice.Channel.EMAIL, Notice.Channel.FAX
ROSA = "rosa@example.test"
Why = ContactToCheck.Why


@pytest.fixture(autouse=True)
def _into_the_tray(settings):
    settings.EMAIL_BACKEND = "sandbox.tray.EmailBackend"


def owe(person, address=None):
    Notice.objects.owe(
        "message_received", EMAIL, address or person.email, person=person, reference="4820-1173-94"
    )
    run_due()


@pytest.fixture
def refused(rosa):
    tray.refuse(ROSA)
    owe(rosa.person)
    return ContactToCheck.objects.get()


class TestItOpens:
    def test_when_it_is_refused_once_for_each_contact(self, refused, rosa):
        owe(rosa.person)
        (task,) = ContactToCheck.objects.open()
        assert (task.address, task.why, task.times, task.reference) == (ROSA, Why.REFUSED, 2, "4820-1173-94")

    def test_when_it_bounces(self, rosa):
        owe(rosa.person)
        Notice.objects.get().settle(Notice.State.BOUNCED)
        assert ContactToCheck.objects.get().why == Why.BOUNCED

    def test_not_while_the_provider_is_down(self, rosa):
        tray.refuse("*", "refused")
        Notice.objects.owe("message_received", EMAIL, ROSA, person=rosa.person)
        Job.objects.update(attempts=MOST_ATTEMPTS - 1)
        run_due()
        assert Notice.objects.get().state == Notice.State.FAILED
        assert not ContactToCheck.objects.exists()

    def test_not_for_an_address_of_nobody(self, rosa):
        tray.refuse("typed@wrong.example")
        owe(None, "typed@wrong.example")
        assert not ContactToCheck.objects.exists()

    def test_again_when_it_fails_after_it_was_settled(self, refused, rosa, olga):
        refused.close(by=olga, why="They say that it works.")
        owe(rosa.person)
        assert ContactToCheck.objects.count() == 2
        assert ContactToCheck.objects.open().count() == 1


class TestItCloses:
    def test_when_the_contact_is_changed(self, refused, rosa):
        rosa.person.email = "new@example.test"
        rosa.person.save(update_fields=["email"])
        refused.refresh_from_db()
        assert refused.closed_why == "The contact was changed."

    def test_not_by_another_change(self, refused, rosa):
        rosa.person.first_name = "Rose"
        rosa.person.save()
        assert ContactToCheck.objects.open().exists()

    def test_not_while_somebody_else_has_it_too(self, refused, rosa):
        firm = rosa.organization
        firm.change_facts(by=rosa, email=ROSA)
        owe(rosa.person)  # it fails once more, and the firm has it now
        rosa.person.email = "new@example.test"
        rosa.person.save()
        assert ContactToCheck.objects.open().exists()
        firm.change_facts(by=rosa, email="office@example.test")
        assert not ContactToCheck.objects.open().exists()

    def test_when_something_arrives_there(self, refused, rosa):
        tray.accept(ROSA)
        owe(rosa.person)
        refused.refresh_from_db()
        assert refused.closed_why == "Something arrived there since."

    def test_not_so_what_bounced(self, rosa):
        owe(rosa.person)
        Notice.objects.get().settle(Notice.State.BOUNCED)
        owe(rosa.person)
        assert ContactToCheck.objects.open().exists()

    def test_once(self, refused, olga):
        refused.close(by=olga, why="Called them.")
        with pytest.raises(MoveRefused):
            refused.close(by=olga, why="Called them again.")

    def test_a_custodian_s_number_too(self, custodian):
        ContactToCheck.objects.report(FAX, custodian.fax, why=Why.FAX)
        custodian.fax = "+14785550199"
        custodian.save(update_fields=["fax"])
        assert not ContactToCheck.objects.open().exists()


class TestThePage:
    @pytest.fixture
    def ops(self, client):
        person = cast.staff("oma")
        person.groups.add(Group.objects.get(name="Organizations"))
        client.force_login(person)
        return client

    def at(self, task):
        return reverse("admin:correspondence_contacttocheck_close", args=[task.pk])

    def test_the_queue_stands_on_the_first_page(self, client, olga, refused):
        client.force_login(olga)
        text = client.get(reverse("admin:index")).content.decode()
        assert "Contacts to check" in text
        address = reverse("admin:correspondence_contacttocheck_changelist") + "?standing=open"
        assert address in text
        assert ROSA in client.get(address).content.decode()

    def test_says_what_to_do_and_who_has_it(self, ops, refused, rosa):
        address = reverse("admin:correspondence_contacttocheck_change", args=[refused.pk])
        text = ops.get(address).content.decode()
        assert "Reach whoever has it" in text
        assert reverse("admin:accounts_person_change", args=[rosa.person_id]) in text
        assert self.at(refused) in text

    def test_is_closed_with_a_sentence(self, ops, refused):
        assert ops.get(self.at(refused)).status_code == 200
        assert ops.post(self.at(refused), {"why": "She called back."}).status_code == 302
        refused.refresh_from_db()
        assert (refused.closed_why, refused.closed_by.first_name) == ("She called back.", "Oma")
        assert ops.post(self.at(refused), {"why": "Once more."}).status_code == 422

    @pytest.mark.parametrize("why", ["", "   ", "x" * 501, "a\x00b"])
    def test_not_without_one(self, ops, refused, why):
        assert ops.post(self.at(refused), {"why": why}).status_code == 422
        assert ContactToCheck.objects.open().exists()

    def test_bad_text_is_refused_or_kept_as_text(self, ops, refused):
        for what, text in TEXTS.items():
            assert ops.post(self.at(refused), {"why": text}).status_code in (302, 422), what

    @pytest.mark.parametrize("group", ["Money", "People", "Read only"])
    def test_other_groups_close_nothing(self, client, refused, group):
        person = cast.staff("hugo")
        person.groups.add(Group.objects.get(name=group))
        client.force_login(person)
        assert client.post(self.at(refused), {"why": "No"}).status_code == 403
