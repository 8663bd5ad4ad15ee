""" "My Organization": every member sees it, each part as far as their role goes (product 2.9, 2.10)."""

import pytest
from django.urls import reverse

from accounts import sections
from accounts.models import Role
from audit.actors import SYSTEM
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "my_organization"


def shown(browser, name=PAGE):
    return browser.get(reverse(name)).content.decode()


def test_a_practice_and_a_firm_see_what_is_said_of_them(as_, clara, rosa):
    page = shown(as_(clara))
    assert "Facility details" in page
    assert "Lakeside Family Medicine" in page
    assert "Macon, GA" in page
    page = shown(as_(rosa))
    assert "Location and contacts" in page
    assert "NPI" not in page


def test_a_household_has_none_of_it(as_):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    for name in (PAGE, "organization_edit", "organization_activity"):
        assert as_(pat).get(reverse(name)).status_code == 404


def test_the_menu_leads_there_but_for_patients(as_, rosa):
    link = f'href="{reverse(PAGE)}"'
    assert link in shown(as_(rosa), "home")
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    page = shown(as_(pat), "home")
    assert link not in page
    assert "Profile" in page
    assert "My Account" not in page


def test_ops_and_who_left_have_no_organization(client, olga):
    client.force_login(olga)
    assert client.get(reverse(PAGE)).status_code == 403


def test_who_is_not_signed_in_is_asked_to(client):
    assert client.get(reverse(PAGE)).url.startswith(reverse("account_login"))


def test_who_manages_nothing_sees_no_activity_and_no_button(as_, clara, dora):
    page = shown(as_(dora))
    assert "Clara Example" in page
    assert "Activity" not in page
    assert reverse("organization_edit") not in page
    page = shown(as_(clara))
    assert "Activity" in page
    assert reverse("organization_edit") in page


def test_an_app_adds_a_part_in_its_place(as_, rosa, monkeypatch):
    monkeypatch.setattr(sections, "SECTIONS", list(sections.SECTIONS))
    sections.add(sections.ORGANIZATION, 50, "Physicians", "accounts/organization/_lines.html")
    page = shown(as_(rosa))
    assert page.index("Location and contacts") < page.index("Physicians") < page.index("Members</h2>")


def test_the_activity_tells_who_joined_and_in_which_role(as_, practice, clara):
    from accounts.models import Member

    Member.join(cast.person("hana"), practice, practice.roles.get(name="Front Desk"), by=clara)
    page = shown(as_(clara), "organization_activity")
    assert "took Hana Example in as Front Desk" in page


def test_the_activity_is_cut_into_pages(as_, practice, clara):
    for _ in range(31):
        practice.record("two_step_required", by=SYSTEM)
    assert shown(as_(clara), "organization_activity").count("<time") == 30
    assert as_(clara).get(reverse("organization_activity") + "?page=2").content.count(b"<time") == 3


def test_an_event_nobody_has_words_for_is_told_all_the_same(as_, practice, clara):
    practice.record("moon_phase_changed", by=SYSTEM, whatever="100% %s %(x)s")
    practice.record("role_changed", by=SYSTEM)
    practice.record("facts_changed", by=SYSTEM, fields="name, fax")  # as ops write it
    page = shown(as_(clara), "organization_activity")
    assert "moon phase changed" in page
    assert "role changed" in page
    assert "changed: name, fax" in page


def test_the_activity_is_for_those_who_manage(as_, clara, dora):
    assert as_(dora).get(reverse("organization_activity")).status_code == 403
    Role.objects.filter(pk=dora.role_id).update(permissions=["manage_users"])
    assert as_(dora).get(reverse("organization_activity")).status_code == 200
