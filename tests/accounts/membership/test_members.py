"""The list of members: who they are, how they sign in, and what may be done about them."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role
from tests import cast

pytestmark = pytest.mark.django_db


def shown(browser):
    return browser.get(reverse("members")).content.decode()


def test_everybody_is_listed_with_email_and_role(as_, clara, dora, rosa):
    page = shown(as_(clara))
    assert "dora@example.test" in page
    assert "Clinical Reviewer" in page
    assert "rosa@example.test" not in page


def test_it_shows_who_signs_in_by_two_steps(as_, clara, dora):
    Authenticator.objects.create(user=dora.person, type="totp", data={})
    Authenticator.objects.create(user=clara.person, type="recovery_codes", data={})
    page = shown(as_(clara))
    assert page.count(">On</span>") == 1
    assert page.count(">Off</span>") == 1


def test_the_last_administrator_has_no_buttons_but_a_reason(as_, clara, dora):
    page = shown(as_(clara))
    assert "The last Administrator stays" in page
    assert reverse("member_remove", args=[clara.pk]) not in page
    assert reverse("member_remove", args=[dora.pk]) in page


def test_with_two_administrators_each_has_buttons(as_, clara, practice):
    other = cast.member("anna", practice)
    page = shown(as_(clara))
    assert reverse("member_remove", args=[other.pk]) in page
    assert reverse("member_remove", args=[clara.pk]) in page


def test_nobody_governs_who_may_do_more(as_, clara, gil):
    page = shown(as_(gil))
    assert "May do more than you may" in page
    assert reverse("member_remove", args=[clara.pk]) not in page


def test_only_who_manages_users_sees_it(as_, dora, carl):
    assert as_(dora).get(reverse("members")).status_code == 403
    Role.objects.filter(pk=carl.role_id).update(permissions=["manage_organization"])
    assert as_(carl).get(reverse("members")).status_code == 403


def test_a_household_has_no_members_page(as_):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    assert as_(pat).get(reverse("members")).status_code == 404


def test_a_firm_s_two_roles_are_explained(as_, rosa):
    page = shown(as_(rosa))
    assert "Asks for records, pays and writes messages" in page
    assert "Assign Permissions" not in page


def test_more_members_ask_no_more_questions(as_, clara, practice):
    cast.member("anna", practice)
    browser, counts = as_(clara), []
    shown(browser)
    for more in ([], range(8)):
        for number in more:
            cast.member(f"m{number}", practice, role="Administrator" if number % 2 else "Front Desk")
        with CaptureQueriesContext(connection) as asked:
            shown(browser)
        counts.append(len(asked))
    assert counts[0] == counts[1]
