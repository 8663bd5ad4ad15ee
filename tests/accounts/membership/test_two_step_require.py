"""An organization can ask all its members for two-step verification (product 2.6)."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from accounts.models import Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def careful(clara):
    """Clara, who signs in by two steps."""
    TOTP.activate(clara.person, generate_totp_secret())
    return clara


def ask(browser, required="yes"):
    return browser.post(reverse("two_step_require"), {"required": required})


def test_who_has_none_is_led_to_set_it_up_at_the_next_click(sure, client, careful, dora):
    browser = type(client)()
    browser.force_login(dora.person)
    assert browser.get(reverse("inbound")).status_code == 200
    page = sure(careful).get(reverse("two_step_require")).content.decode()
    assert "Dora Example" in page
    ask(sure(careful))
    assert browser.get(reverse("inbound")).url == reverse("mfa_index")
    assert sure(careful).get(reverse("inbound")).status_code == 200


def test_nobody_asks_others_for_what_they_have_not(sure, clara, practice):
    page = sure(clara).get(reverse("two_step_require")).content.decode()
    assert "for yourself first" in page
    ask(sure(clara))
    practice.refresh_from_db()
    assert not practice.requires_two_step


def test_both_ways_are_logged_and_twice_is_once(sure, careful, practice):
    for required in ("yes", "yes", "no", "no"):
        ask(sure(careful), required)
    page = sure(careful).get(reverse("organization_activity")).content.decode()
    assert page.count("asked everybody for two-step verification") == 1
    assert page.count("no longer asks everybody") == 1


def test_the_page_says_who_has_not(as_, careful, dora, practice):
    practice.require_two_step(True, by=careful)
    page = as_(careful).get(reverse("my_organization")).content.decode()
    assert "1 member has not set it up yet" in page
    assert "Required" in page


def test_only_who_manages_the_organization(sure, as_, careful, carl, practice):
    Role.objects.filter(pk=carl.role_id).update(permissions=["manage_users"])
    TOTP.activate(carl.person, generate_totp_secret())
    assert ask(sure(carl)).status_code == 403
    assert "reauthenticate" in ask(as_(careful)).url
    practice.refresh_from_db()
    assert not practice.requires_two_step


def test_a_household_asks_nobody(sure):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    assert ask(sure(pat)).status_code == 404
