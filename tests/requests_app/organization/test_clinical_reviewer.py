"""Choosing the Clinical Reviewer in "My Organization"."""

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Activity, MoveRefused
from requests_app import clinical
from requests_app.organization import reviewer
from tests import cast

pytestmark = pytest.mark.django_db
ADDRESS = "clinical_reviewer"


def choose(browser, member):
    return browser.post(reverse(ADDRESS), {"member": str(member.pk) if member else ""})


def test_one_is_chosen_and_told(as_, practice, clara, dora):
    assert choose(as_(clara), dora).url == reverse("my_organization")
    practice.refresh_from_db()
    assert clinical.reviewer_of(practice) == dora
    page = as_(clara).get(reverse("my_organization")).content.decode()
    assert "made Dora Example the Clinical Reviewer" in page


def test_nobody_can_be_chosen_and_twice_is_once(as_, practice, clara, dora):
    for member in (dora, dora, None, None):
        choose(as_(clara), member)
    practice.refresh_from_db()
    assert practice.clinical_reviewer is None
    events = Activity.objects.of(practice).filter(event__startswith="clinical_reviewer")
    assert [one.event for one in events] == ["clinical_reviewer_chosen", "clinical_reviewer_cleared"]


def test_who_may_not_review_pages_is_not_on_offer(as_, practice, clara, fred, dora):
    page = as_(clara).get(reverse(ADDRESS)).content.decode()
    assert "Dora Example" in page
    assert "Fred Example" not in page
    assert choose(as_(clara), fred).status_code == 422
    with pytest.raises(MoveRefused):
        reviewer.choose(practice, fred, by=clara)


def test_who_left_while_the_page_was_open_is_refused(practice, clara, dora):
    dora.remove(by=clara)
    with pytest.raises(MoveRefused):
        reviewer.choose(practice, dora, by=clara)


@pytest.mark.parametrize("bad", ["0", "-1", str(2**63), "dora", "1; drop"])
def test_what_is_no_member_is_refused(as_, practice, clara, bad):
    assert as_(clara).post(reverse(ADDRESS), {"member": bad}).status_code == 422
    practice.refresh_from_db()
    assert practice.clinical_reviewer is None


def test_a_member_of_elsewhere_is_refused(as_, practice, clara):
    other = cast.member("pat", cast.organization("Peachtree Radiology", "provider"))
    assert choose(as_(clara), other).status_code == 422
    with pytest.raises(MoveRefused):
        reviewer.choose(practice, other, by=clara)


def test_administrators_are_told_when_the_place_is_vacant(as_, practice, clara, dora):
    choose(as_(clara), dora)
    Role.objects.filter(pk=dora.role_id).update(permissions=["view_requests"])
    practice.refresh_from_db()
    assert clinical.reviewer_of(practice) is None
    page = as_(clara).get(reverse("my_organization")).content.decode()
    assert "Dora Example can" in page
    assert "Choose somebody else, or nobody." in page


def test_only_who_manages_the_practice_chooses(as_, client, carl, rosa, practice, dora):
    assert "login" in client.get(reverse(ADDRESS)).url
    assert choose(as_(carl), dora).status_code == 403
    assert choose(as_(rosa), dora).status_code == 404
    practice.refresh_from_db()
    assert practice.clinical_reviewer is None
