""" "Assign Permissions" (product 2.8): a click sets or clears one, effective at once, logged."""

import pytest
from django.urls import reverse

from accounts.membership.permissions import GROUPS
from accounts.models import Permission, Role
from audit.models import Activity

pytestmark = pytest.mark.django_db


def table(browser, **query):
    return browser.get(reverse("assign_permissions"), query).content.decode()


def put(browser, role, permission, allowed, **more):
    said = {"role": getattr(role, "pk", role), "permission": permission, "allowed": allowed}
    return browser.post(reverse("permission_set"), said, **more)


def holds(role, permission):
    return permission in Role.objects.get(pk=role.pk).permissions


def test_each_permission_is_in_the_table_once_with_its_description(sure, clara):
    listed = [one for _name, permissions in GROUPS for one in permissions]
    assert sorted(listed) == sorted(Permission)
    page = table(sure(clara))
    for one in Permission:
        assert f'id="about-{one.value}"' in page
    assert "See the dashboard, the lists of requests" in page


def test_a_click_takes_it_and_the_next_click_of_its_holder_knows(sure, client, clara, carl, role):
    browser = type(client)()
    browser.force_login(carl.person)
    assert browser.get(reverse("inbound")).status_code == 200
    answer = put(sure(clara), role("ROI Specialist"), "view_requests", "no")
    assert answer.url.startswith(reverse("assign_permissions"))
    assert browser.get(reverse("inbound")).status_code == 403
    assert 'href="/inbound/"' not in browser.get(reverse("home")).content.decode()


def test_a_click_gives_it(sure, clara, role):
    put(sure(clara), role("Front Desk"), "view_reports", "yes")
    assert holds(role("Front Desk"), "view_reports")


def test_both_are_logged_in_words_and_twice_is_once(sure, clara, role, practice):
    for allowed in ("yes", "yes", "no", "no"):
        put(sure(clara), role("Front Desk"), "view_reports", allowed)
    events = Activity.objects.of(practice).filter(event__startswith="permission_")
    assert [entry.event for entry in events] == ["permission_given", "permission_taken"]
    page = sure(clara).get(reverse("organization_activity")).content.decode()
    assert "gave Front Desk the permission “View reports”" in page
    assert "took the permission “View reports” from Front Desk" in page


@pytest.mark.parametrize("permission", ["manage_users", "manage_organization"])
def test_an_administrator_keeps_what_could_not_be_given_back(sure, clara, role, permission):
    assert "Administrators always keep this" in table(sure(clara))
    put(sure(clara), role("Administrator"), permission, "no")
    assert holds(role("Administrator"), permission)


def test_who_is_no_administrator_gives_only_what_they_have(sure, gil, role):
    page = table(sure(gil))
    assert "You can&#x27;t give what you may not do yourself" in page
    assert "The role Administrator may do more than you may" in page
    put(sure(gil), role("Front Desk"), "view_reports", "yes")
    put(sure(gil), role("Administrator"), "view_requests", "no")
    put(sure(gil), role("Front Desk"), "price", "yes")
    assert not holds(role("Front Desk"), "view_reports")
    assert holds(role("Administrator"), "view_requests")
    assert holds(role("Front Desk"), "price")


def test_in_place_only_the_cell_comes_back(sure, clara, role):
    answer = put(sure(clara), role("Front Desk"), "price", "yes", headers={"HX-Request": "true"})
    cell = answer.content.decode()
    assert "<html" not in cell
    assert f'id="cell-{role("Front Desk").pk}-price"' in cell
    assert 'aria-checked="true"' in cell


def test_in_place_a_refusal_is_said_in_the_cell(sure, clara, role):
    answer = put(sure(clara), role("Administrator"), "manage_users", "no", headers={"HX-Request": "true"})
    assert 'aria-checked="true"' in answer.content.decode()
    assert "Administrators always keep this" in answer.content.decode()


@pytest.mark.parametrize(
    ("named", "permission"),
    [
        ("", "price"),
        ("0", "price"),
        ("-1", "price"),
        ("9223372036854775808", "price"),
        ("x", "price"),
        (None, "fly"),
        (None, ""),
        (None, "VIEW_REQUESTS"),
    ],
)
def test_what_is_none_of_the_table_is_404(sure, clara, role, named, permission):
    chosen = role("Front Desk") if named is None else named
    assert put(sure(clara), chosen, permission, "yes").status_code == 404


def test_another_practice_s_role_is_404(sure, clara, firm):
    theirs = firm.roles.get(name="Member")
    assert put(sure(clara), theirs, "price", "yes").status_code == 404
    assert not holds(theirs, "price")


def test_a_firm_has_no_table(sure, rosa, firm):
    assert sure(rosa).get(reverse("assign_permissions")).status_code == 404
    assert put(sure(rosa), firm.roles.get(name="Member"), "price", "yes").status_code == 404


def test_only_who_manages_users_assigns(sure, dora, role):
    assert sure(dora).get(reverse("assign_permissions")).status_code == 403
    assert put(sure(dora), role("Clinical Reviewer"), "price", "yes").status_code == 403
    Role.objects.filter(pk=dora.role_id).update(permissions=["manage_organization"])
    assert put(sure(dora), role("Clinical Reviewer"), "price", "yes").status_code == 403


def test_it_asks_who_it_is_again(as_, clara, role):
    assert "reauthenticate" in as_(clara).get(reverse("assign_permissions")).url
    assert "reauthenticate" in put(as_(clara), role("Front Desk"), "price", "yes").url
    assert not holds(role("Front Desk"), "price")


def test_on_a_phone_one_role_is_chosen(sure, clara, role):
    chosen = role("Front Desk")
    page = table(sure(clara), role=chosen.pk)
    assert f'href="?role={chosen.pk}" aria-current="true"' in page
    assert page.count('aria-current="true"') == 1
    assert table(sure(clara), role="x").count('aria-current="true"') == 1


def test_the_menu_leads_there_for_who_may(as_, clara, dora, rosa):
    link = f'href="{reverse("assign_permissions")}"'
    assert link in as_(clara).get(reverse("my_account")).content.decode()
    assert link not in as_(dora).get(reverse("my_account")).content.decode()
    assert link not in as_(rosa).get(reverse("my_account")).content.decode()


def test_the_table_asks_few_questions(sure, clara, django_assert_max_num_queries):
    browser = sure(clara)
    with django_assert_max_num_queries(12):
        table(browser)
