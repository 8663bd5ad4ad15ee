"""The reader of an invitation: once, within 7 days, by its address (product 2.7)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Member
from tests import cast

pytestmark = pytest.mark.django_db
PAGE, ACCEPT = "invitation", "invitation_accept"


@pytest.fixture
def hana(db):
    return cast.person("hana")


def visitor(person=None):
    browser = Client()
    if person:
        browser.force_login(person)
    return browser


def accept(browser):
    return browser.post(reverse(ACCEPT))


def memberships(person):
    return [member.organization.name for member in Member.objects.of(person)]


def test_following_changes_nothing_and_leaves_no_token_behind(invite):
    invitation, link = invite()
    answer = visitor().get(link)
    assert answer.url == reverse(PAGE)
    assert answer["Referrer-Policy"] == "no-referrer"
    invitation.refresh_from_db()
    assert invitation.state == "sent"


def test_who_has_no_account_is_led_to_sign_up_and_back(invite):
    _invitation, link = invite()
    browser = visitor()
    page = browser.get(link, follow=True).content.decode()
    assert f"{reverse('account_signup')}?next=%2Finvitation%2F" in page
    assert "Lakeside Family Medicine" in page
    invited = browser.session["invited"]
    assert (invited["email"], invited["kind"]) == ("hana@example.test", "provider")
    assert browser.session["account_verified_email"] == "hana@example.test"


def test_who_has_an_account_is_led_to_sign_in_and_back(invite, hana):
    _invitation, link = invite()
    browser = visitor()
    page = browser.get(link, follow=True).content.decode()
    assert f"{reverse('account_login')}?next=%2Finvitation%2F" in page
    browser.post(
        reverse("account_login") + "?next=/invitation/",
        {"login": hana.email, "password": cast.PASSWORD},
    )
    assert accept(browser).url == reverse(PAGE)  # not verified yet, so not signed in


def test_who_accepts_belongs_there_and_acts_for_it(invite, hana, firm):
    Member.join(hana, firm, firm.roles.get(name="Member"))
    invitation, link = invite()
    browser = visitor(hana)
    browser.get(link)
    assert accept(browser).url == reverse("home")
    assert memberships(hana) == ["Smith Law", "Lakeside Family Medicine"]
    assert "Lakeside Family Medicine</span>" in browser.get(reverse("my_account")).content.decode()
    invitation.refresh_from_db()
    assert (invitation.state, invitation.accepted_by_id) == ("accepted", hana.pk)


def test_somebody_of_another_organization_s_mail_domain_may_still_accept(invite, hana, firm):
    firm.mail_domain = "example.test"
    firm.save()
    _invitation, link = invite()
    browser = visitor(hana)
    browser.get(link)
    accept(browser)
    assert memberships(hana) == ["Lakeside Family Medicine"]


def test_it_works_once(invite, hana):
    _invitation, link = invite()
    browser = visitor(hana)
    browser.get(link)
    accept(browser)
    Member.objects.of(hana).get().remove(by=cast.SYSTEM)
    again = browser.get(link, follow=True)
    assert "You have accepted" in again.content.decode()
    assert accept(browser).status_code == 200
    assert memberships(hana) == []
    somebody = visitor().get(link, follow=True)
    assert somebody.status_code == 410
    assert "was used" in somebody.content.decode()


def test_by_another_address_it_says_which_and_what_to_do(invite, sam):
    _invitation, link = invite()
    browser = visitor(sam.person)
    answer = browser.get(link, follow=True)
    assert answer.status_code == 403
    assert "hana@example.test" in answer.content.decode()
    assert sam.person.email in answer.content.decode()
    assert accept(browser).status_code == 403
    assert memberships(sam.person) == ["Keller Injury Law"]


@pytest.mark.parametrize(
    "look_alike", ["hana@example.test.evil.test", "hаna@example.test", "hana+x@example.test"]
)
def test_a_look_alike_address_is_another(invite, look_alike):
    _invitation, link = invite()
    person = cast.person("other")
    type(person).objects.filter(pk=person.pk).update(email=look_alike)
    browser = visitor(person)
    browser.get(link)
    assert accept(browser).status_code == 403
    assert memberships(person) == []


def test_after_seven_days_it_has_run_out(invite, hana):
    invitation, link = invite()
    browser = visitor(hana)
    browser.get(link)
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    for answer in (browser.get(reverse(PAGE)), accept(browser), browser.get(link, follow=True)):
        assert answer.status_code == 410
        assert "run out" in answer.content.decode()
    assert memberships(hana) == []


def test_taken_back_while_it_is_read_it_is_gone(invite, hana, clara):
    invitation, link = invite()
    browser = visitor(hana)
    browser.get(link)
    invitation.revoke(by=clara)
    assert accept(browser).status_code == 410
    assert memberships(hana) == []


def test_taken_back_between_the_look_and_the_verb_it_is_gone(invite, hana, clara, monkeypatch):
    invitation, link = invite()
    browser = visitor(hana)
    browser.get(link)
    accept_it = Invitation.accept

    def late(self, person):
        invitation.revoke(by=clara)
        return accept_it(self, person)

    monkeypatch.setattr(Invitation, "accept", late)
    assert accept(browser).url == reverse(PAGE)
    assert memberships(hana) == []


def test_who_is_not_signed_in_accepts_nothing(invite):
    _invitation, link = invite()
    browser = visitor()
    browser.get(link)
    assert accept(browser).url == reverse(PAGE)
    assert Invitation.objects.get().state == "sent"


def test_without_the_link_the_page_says_what_it_needs(hana):
    assert visitor(hana).get(reverse(PAGE)).status_code == 404
    assert accept(visitor(hana)).status_code == 404


@pytest.mark.parametrize("token", ["x", "0" * 32, "%00", "..%2f", "é" * 40])
def test_a_token_nobody_was_given_opens_nothing(db, token):
    assert visitor().get(f"/invitation/{token}/").status_code in (400, 404)


def test_a_page_with_a_form_keeps_its_origin(invite, sam):
    """Without a referrer a browser sends `Origin: null`, and no form gets through."""
    _invitation, link = invite()
    for browser in (visitor(), visitor(sam.person)):
        browser.get(link)
        assert browser.get(reverse(PAGE))["Referrer-Policy"] == "same-origin"
    assert visitor().get("/invitation/unknown/")["Referrer-Policy"] == "no-referrer"


def test_tokens_are_not_there_to_be_guessed(db, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "invitation": "3/5m/ip"}
    browser = visitor()
    answers = [browser.get(f"/invitation/{number}/").status_code for number in range(5)]
    assert answers == [404, 404, 404, 429, 429]


def test_accept_takes_a_post(invite, hana):
    _invitation, link = invite()
    browser = visitor(hana)
    browser.get(link)
    assert browser.get(reverse(ACCEPT)).status_code == 405


def test_before_the_survey_the_invitation_is_open(invite, hana):
    type(hana).objects.filter(pk=hana.pk).update(onboarded_at=None)
    _invitation, link = invite()
    browser = visitor(hana)
    assert "Accept" in browser.get(link, follow=True).content.decode()
    accept(browser)
    assert memberships(hana) == ["Lakeside Family Medicine"]
