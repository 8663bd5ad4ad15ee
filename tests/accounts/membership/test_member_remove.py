import pytest
from django.urls import reverse

from tests import cast

pytestmark = pytest.mark.django_db


def remove(browser, member):
    return browser.post(reverse("member_remove", args=[member.pk]))


def test_it_asks_first_and_says_what_happens(sure, clara, carl):
    page = sure(clara).get(reverse("member_remove", args=[carl.pk])).content.decode()
    assert "From their next click on" in page
    assert carl.fresh()


def test_who_was_removed_is_out_at_the_next_click(sure, client, clara, carl):
    client.force_login(carl.person)
    assert client.get(reverse("inbound")).status_code == 200
    hers = type(client)()
    hers.force_login(clara.person)
    hers.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    assert remove(hers, carl).url == reverse("members")
    assert client.get(reverse("inbound")).status_code == 403
    assert "removed Carl Example" in hers.get(reverse("organization_activity")).content.decode()


def test_the_last_administrator_stays(sure, clara):
    assert "The last Administrator stays" in (
        sure(clara).get(reverse("member_remove", args=[clara.pk])).content.decode()
    )
    remove(sure(clara), clara)
    assert clara.fresh()


def test_who_leaves_by_themselves_is_out(sure, clara, practice):
    cast.member("anna", practice)
    browser = sure(clara)
    assert remove(browser, clara).url == reverse("home")
    assert browser.get(reverse("my_organization")).status_code == 403


def test_twice_is_404(sure, clara, carl):
    browser = sure(clara)
    remove(browser, carl)
    assert remove(browser, carl).status_code == 404


def test_nobody_removes_who_may_do_more(sure, gil, clara, practice):
    cast.member("anna", practice)
    remove(sure(gil), clara)
    assert clara.fresh()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_s_member_is_404_and_without_the_permission_403(sure, clara, carl, rosa, method):
    assert getattr(sure(clara), method)(reverse("member_remove", args=[rosa.pk])).status_code == 404
    assert getattr(sure(carl), method)(reverse("member_remove", args=[clara.pk])).status_code == 403


def test_it_asks_who_it_is_again(as_, clara, carl):
    assert "reauthenticate" in remove(as_(clara), carl).url
    assert carl.fresh()


def test_who_was_removed_can_be_invited_again(sure, clara, carl, practice, role):
    from accounts.models import Invitation

    remove(sure(clara), carl)
    again = Invitation.send(practice, name="Carl", email=carl.person.email, role=role("Front Desk"), by=clara)
    assert again.accept(carl.person).role.name == "Front Desk"
