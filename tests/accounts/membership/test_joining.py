"""Somebody of the same mail domain asks to join; those who manage users decide (product 2.3)."""

import pytest
from django.urls import reverse

from accounts.models import JoinRequest, Member
from outbox.queue import run_due
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(practice, clara):
    return JoinRequest.ask(cast.person("hana"), practice)


def accept(browser, asked, role):
    return browser.post(reverse("join_accept", args=[asked.pk]), {"role": getattr(role, "pk", role)})


def decline(browser, asked):
    return browser.post(reverse("join_decline", args=[asked.pk]))


def test_the_list_and_the_organization_s_page_say_who_asks(as_, clara, asked):
    assert "hana@example.test" in as_(clara).get(reverse("members")).content.decode()
    assert "1 person asks to join" in as_(clara).get(reverse("my_organization")).content.decode()


def test_who_is_accepted_has_the_role_and_is_told(sure, clara, asked, role, mailoutbox):
    run_due(kind="correspondence.send")
    mailoutbox.clear()
    accept(sure(clara), asked, role("Front Desk"))
    member = Member.objects.of(asked.person).get()
    assert (member.organization_id, member.role.name) == (clara.organization_id, "Front Desk")
    run_due(kind="correspondence.send")
    [letter] = mailoutbox
    assert letter.to == ["hana@example.test"]
    page = sure(clara).get(reverse("organization_activity")).content.decode()
    assert "took Hana Example in as Front Desk" in page


def test_who_is_declined_is_told_and_no_member(sure, clara, asked):
    assert "Decline?" in sure(clara).get(reverse("join_decline", args=[asked.pk])).content.decode()
    decline(sure(clara), asked)
    assert not Member.objects.of(asked.person).exists()
    asked.refresh_from_db()
    assert asked.state == "declined"
    page = sure(clara).get(reverse("organization_activity")).content.decode()
    assert "declined that Hana Example joins" in page


def test_nobody_decides_twice(sure, clara, asked, role):
    decline(sure(clara), asked)
    accept(sure(clara), asked, role("Front Desk"))
    assert not Member.objects.of(asked.person).exists()
    page = sure(clara).get(reverse("join_accept", args=[asked.pk])).content.decode()
    assert "Somebody has decided already" in page


@pytest.mark.parametrize("bad", ["", "0", "x", "9223372036854775808"])
def test_a_role_must_be_chosen(sure, clara, asked, bad):
    answer = accept(sure(clara), asked, bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()


def test_nobody_takes_in_above_themselves_or_by_another_s_role(sure, gil, clara, asked, role, firm):
    assert accept(sure(gil), asked, role("Administrator")).status_code == 422
    assert accept(sure(clara), asked, firm.roles.get(name="Member")).status_code == 422
    assert not Member.objects.of(asked.person).exists()


@pytest.mark.parametrize("name", ["join_accept", "join_decline"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_whose_it_is(sure, as_, clara, carl, rosa, asked, role, name, method):
    address, said = reverse(name, args=[asked.pk]), {"role": role("Front Desk").pk}
    assert getattr(sure(rosa), method)(address, said).status_code == 404
    assert getattr(sure(carl), method)(address, said).status_code == 403
    assert "reauthenticate" in getattr(as_(clara), method)(address, said).url
    asked.refresh_from_db()
    assert asked.state == "asked"
