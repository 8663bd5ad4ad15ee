""" "Invite Your Colleagues": send, send again, take back (product 2.7)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation
from outbox.queue import run_due
from tests import cast
from tests.accounts.membership.conftest import link_in

pytestmark = pytest.mark.django_db


def send(browser, role, **said):
    typed = {"name": "Hana Noor", "email": "Hana@Example.test", "role": getattr(role, "pk", role)} | said
    return browser.post(reverse("member_invite"), typed)


def long_ago(invitation, **fields):
    Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now() - timedelta(hours=1), **fields)


def test_a_letter_with_a_link_goes_out(sure, clara, role, mailoutbox):
    assert send(sure(clara), role("Front Desk")).url == reverse("members")
    run_due(kind="correspondence.send")
    [letter] = mailoutbox
    assert letter.to == ["hana@example.test"]
    assert "Lakeside Family Medicine" in letter.subject
    assert Invitation.objects.by_token(link_in(letter).split("/")[2]).role.name == "Front Desk"


def test_the_list_shows_it_and_the_activity_tells(sure, clara, role):
    browser = sure(clara)
    send(browser, role("Front Desk"))
    page = browser.get(reverse("members")).content.decode()
    assert "hana@example.test" in page
    assert "invited Hana Noor as Front Desk" in browser.get(reverse("organization_activity")).content.decode()


def test_no_row_keeps_the_token(sure, clara, role, mailoutbox):
    send(sure(clara), role("Front Desk"))
    run_due(kind="correspondence.send")
    token = link_in(mailoutbox[0]).split("/")[2]
    assert Invitation.objects.get().token_hash != token


def test_who_is_invited_or_a_member_already_is_told_beside_the_address(sure, clara, carl, role):
    browser = sure(clara)
    send(browser, role("Front Desk"))
    again = send(browser, role("Front Desk"), name="Hana Twice", email="HANA@example.test")
    assert again.status_code == 422
    assert "is invited already" in again.content.decode()
    assert 'value="Hana Twice"' in again.content.decode()
    assert "belongs to" in send(browser, role("Front Desk"), email=carl.person.email).content.decode()
    assert Invitation.objects.count() == 1


BAD = [
    {"name": ""},
    {"name": "x" * 161},
    {"name": "‮Hana"},
    {"email": ""},
    {"email": "hana"},
    {"email": "hana@example.test\nbcc: x@y.test"},
    {"email": "x" * 250 + "@example.test"},
    {"role": ""},
    {"role": "9223372036854775808"},
    {"role": "x"},
]


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_is_refused_beside_its_field(sure, clara, role, bad):
    bad = dict(bad)
    answer = send(sure(clara), bad.pop("role", role("Front Desk")), **bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_nobody_invites_to_more_than_they_may(sure, gil, role, firm):
    assert send(sure(gil), role("Administrator")).status_code == 422
    assert send(sure(gil), firm.roles.get(name="Member")).status_code == 422
    assert not Invitation.objects.exists()


def test_sent_again_the_old_link_is_dead(sure, clara, invite, client, mailoutbox):
    invitation, old = invite()
    long_ago(invitation)
    sure(clara).post(reverse("invitation_resend", args=[invitation.pk]))
    run_due(kind="correspondence.send")
    visitor = type(client)()
    assert visitor.get(old).status_code == 404
    assert visitor.get(link_in(mailoutbox[-1])).status_code == 302


def test_an_expired_one_lives_again_when_it_is_sent_again(sure, clara, invite):
    invitation, _link = invite()
    long_ago(invitation, expires_at=timezone.now() - timedelta(seconds=1))
    browser = sure(clara)
    assert "Expired" in browser.get(reverse("members")).content.decode()
    browser.post(reverse("invitation_resend", args=[invitation.pk]))
    invitation.refresh_from_db()
    assert invitation.expires_at > timezone.now() + timedelta(days=6)


def test_within_a_minute_it_is_not_sent_again(sure, clara, invite, mailoutbox):
    invitation, _link = invite()
    answer = sure(clara).post(reverse("invitation_resend", args=[invitation.pk]), follow=True)
    run_due(kind="correspondence.send")
    assert "less than a minute ago" in answer.content.decode()
    assert len(mailoutbox) == 1


def test_taken_back_it_is_off_the_list_and_the_link_says_so(sure, clara, invite, client):
    invitation, link = invite()
    browser = sure(clara)
    assert "stops working" in browser.get(reverse("invitation_revoke", args=[invitation.pk])).content.decode()
    browser.post(reverse("invitation_revoke", args=[invitation.pk]))
    assert "hana@example.test" not in browser.get(reverse("members")).content.decode()
    visitor = type(client)()
    answer = visitor.get(link, follow=True)
    assert answer.status_code == 410
    assert "taken back" in answer.content.decode()


def test_taken_back_twice_says_so(sure, clara, invite):
    invitation, _link = invite()
    invitation.revoke(by=clara)
    page = sure(clara).get(reverse("invitation_revoke", args=[invitation.pk])).content.decode()
    assert "taken back already" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]
    assert sure(clara).post(reverse("invitation_revoke", args=[invitation.pk])).status_code == 302


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_revoke"])
def test_whose_it_is(sure, as_, clara, carl, rosa, invite, name):
    invitation, _link = invite()
    address = reverse(name, args=[invitation.pk])
    assert sure(rosa).post(address).status_code == 404
    assert sure(carl).post(address).status_code == 403
    assert "reauthenticate" in as_(clara).post(address).url
    invitation.refresh_from_db()
    assert invitation.state == "sent"


@pytest.mark.parametrize("name", ["invitation_resend", "invitation_revoke"])
def test_who_may_do_less_leaves_it_alone(sure, gil, invite, name):
    invitation, _link = invite(as_a="Administrator")
    long_ago(invitation)
    before = Invitation.objects.get().token_hash
    sure(gil).post(reverse(name, args=[invitation.pk]))
    assert (Invitation.objects.get().state, Invitation.objects.get().token_hash) == ("sent", before)


def test_a_household_invites_nobody(sure):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    assert send(sure(pat), pat.role).status_code == 404
    assert not Invitation.objects.exists()


def test_inviting_asks_who_it_is_again(as_, clara, role):
    assert "reauthenticate" in send(as_(clara), role("Front Desk")).url


def test_whose_permission_was_taken_invites_nobody(sure, carl, role):
    assert send(sure(carl), role("Front Desk")).status_code == 403


def test_nobody_s_mailbox_is_filled_by_inviting_and_taking_back(sure, clara, role):
    browser = sure(clara)
    for _again in range(5):
        send(browser, role("Front Desk"))
        Invitation.objects.get(state="sent").revoke(by=clara)
    answer = send(browser, role("Front Desk"))
    assert answer.status_code == 422
    assert "Many invitations went out already. You can send another in 60 minutes." in answer.content.decode()
    assert not Invitation.objects.filter(state="sent").exists()


def test_nobody_writes_to_everybody(sure, clara, role, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invite": "2/h/user"}
    browser = sure(clara)
    answers = [send(browser, role("Front Desk"), email=f"{who}@example.test") for who in "abc"]
    assert [one.status_code for one in answers] == [302, 302, 422]
    assert "You can send another in 60 minutes." in answers[-1].content.decode()
