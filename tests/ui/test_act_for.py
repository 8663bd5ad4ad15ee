import pytest
from django.urls import reverse

from accounts.models import Member, Role
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(rosa):
    """Rosa belongs to another firm too."""
    other = cast.organization("Hartman & Cole LLP", "law_firm")
    return Member.objects.create(
        person=rosa.person, organization=other, role=Role.objects.get(organization=other, name="Member")
    )


def test_a_person_switches_organization(kitchen, as_, rosa, second):
    browser = as_(rosa)
    assert "Switch to Hartman &amp; Cole LLP" in browser.get("/kitchen/").content.decode()
    browser.post(reverse("act_for"), {"member": second.pk})
    assert "Switch to Smith Law" in browser.get("/kitchen/").content.decode()


def test_the_menu_says_one_s_role_at_work_but_not_at_home(kitchen, as_, rosa):
    assert ">Administrator<" in as_(rosa).get("/kitchen/").content.decode()
    aisha = cast.member("aisha", cast.organization("Aisha Rahman", "household"))
    assert ">Administrator<" not in as_(aisha).get("/kitchen/").content.decode()


@pytest.mark.parametrize("whose", ["", "0", "-1", "9223372036854775808", "x"])
def test_what_is_no_membership_is_404(as_, rosa, whose):
    assert as_(rosa).post(reverse("act_for"), {"member": whose}).status_code == 404


def test_nobody_acts_by_somebody_elses_membership(as_, rosa, sam):
    assert as_(rosa).post(reverse("act_for"), {"member": sam.pk}).status_code == 404


def test_anonymous_people_sign_in_first(client):
    assert client.post(reverse("act_for"), {"member": "1"}).url.startswith(reverse("account_login"))
