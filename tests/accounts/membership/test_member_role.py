import pytest
from django.urls import reverse

from accounts.models import Permission
from audit.models import Activity
from tests import cast

pytestmark = pytest.mark.django_db


def change(browser, member, role):
    return browser.post(reverse("member_role", args=[member.pk]), {"role": getattr(role, "pk", role)})


def test_a_role_is_changed_and_obeyed_at_the_next_click(sure, client, clara, carl, role):
    assert change(sure(clara), carl, role("Referral Coordinator")).url == reverse("members")
    assert not carl.fresh().may(Permission.VIEW_REQUESTS)
    client.force_login(carl.person)
    assert client.get(reverse("inbound")).status_code == 403


def test_it_is_logged_in_words(sure, clara, carl, role, practice):
    change(sure(clara), carl, role("Front Desk"))
    page = sure(clara).get(reverse("organization_activity")).content.decode()
    assert "changed the role of Carl Example from ROI Specialist to Front Desk" in page


def test_the_last_administrator_keeps_it(sure, clara, role):
    page = sure(clara).get(reverse("member_role", args=[clara.pk])).content.decode()
    assert "The last Administrator stays" in page
    assert "<select" not in page
    change(sure(clara), clara, role("Front Desk"))
    assert clara.fresh().role.name == "Administrator"


def test_who_lowers_themselves_is_led_to_a_page_they_may_see(sure, clara, practice, role):
    cast.member("anna", practice)
    browser = sure(clara)
    assert change(browser, clara, role("Front Desk")).url == reverse("my_organization")
    assert browser.get(reverse("members")).status_code == 403


def test_nobody_raises_anybody_above_themselves(sure, gil, fred, role):
    browser = sure(gil)
    assert "Administrator" not in browser.get(reverse("member_role", args=[fred.pk])).content.decode()
    assert change(browser, fred, role("Administrator")).status_code == 422
    assert fred.fresh().role.name == "Front Desk"


def test_nobody_lowers_who_may_do_more(sure, gil, clara, practice, role):
    cast.member("anna", practice)
    change(sure(gil), clara, role("ROI Specialist"))
    assert clara.fresh().role.name == "Administrator"


@pytest.mark.parametrize("bad", ["", "0", "-1", "9223372036854775808", "x", "1.5"])
def test_what_is_no_role_is_refused_beside_the_field(sure, clara, carl, bad):
    answer = change(sure(clara), carl, bad)
    assert answer.status_code == 422
    assert "field--bad" in answer.content.decode()
    assert carl.fresh().role.name == "ROI Specialist"


def test_another_organization_s_role_is_refused(sure, clara, carl, firm):
    assert change(sure(clara), carl, firm.roles.get(name="Administrator")).status_code == 422


def test_a_stranger_s_member_is_404(sure, clara, rosa, role):
    assert change(sure(clara), rosa, role("Front Desk")).status_code == 404


def test_without_the_permission_it_is_403(sure, carl, dora, role):
    assert change(sure(carl), dora, role("Front Desk")).status_code == 403


def test_it_asks_who_it_is_again(as_, clara, carl, role):
    assert "reauthenticate" in change(as_(clara), carl, role("Front Desk")).url
    assert carl.fresh().role.name == "ROI Specialist"
    assert not Activity.objects.filter(event="role_changed").exists()
