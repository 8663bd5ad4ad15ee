"""Who acts, for whom, and what their role lets them do: read afresh at every click."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Member, Organization, Permission, Role
from tests import cast


def permit(member, *permissions):
    Role.objects.filter(pk=member.role_id).update(permissions=list(permissions))


@pytest.mark.parametrize("kind", ["provider", "law_firm", "household"])
def test_a_new_organization_has_an_administrator_who_may_manage_it(db, kind):
    administrator = Role.objects.start(Organization.objects.create(name="New", kind=kind))
    assert administrator.name == Role.ADMINISTRATOR
    assert Permission.MANAGE_USERS in administrator.permissions


def test_a_practice_starts_with_the_five_roles(practice):
    names = ["Administrator", "ROI Specialist", "Clinical Reviewer", "Front Desk", "Referral Coordinator"]
    assert [role.name for role in practice.roles.all()] == names


def test_a_clinical_reviewer_reviews_but_does_not_price(dora):
    assert dora.may(Permission.REVIEW_PAGES)
    assert not dora.may(Permission.PRICE)


def test_a_removed_member_may_nothing(carl):
    carl.removed_at = timezone.now()
    assert not carl.may(Permission.VIEW_REQUESTS)


def test_a_lowered_role_is_obeyed_at_the_next_click(as_, clara):
    browser = as_(clara)
    assert browser.get(reverse("inbound")).status_code == 200
    permit(clara)
    assert browser.get(reverse("inbound")).status_code == 403


def test_a_removal_is_obeyed_at_the_next_click(as_, clara):
    browser = as_(clara)
    Member.objects.filter(pk=clara.pk).update(removed_at=timezone.now())
    assert b"belong to an organization any more" in browser.get(reverse("home")).content


def test_who_belongs_to_two_acts_for_the_one_that_was_chosen(as_, rosa, practice):
    second = Member.objects.create(
        person=rosa.person, organization=practice, role=practice.roles.get(name="Front Desk")
    )
    browser = as_(rosa)
    assert b"Outbound" in browser.get(reverse("home")).content
    browser.post(reverse("act_for"), {"member": second.pk})
    assert b"Inbound" in browser.get(reverse("home")).content


def test_nobody_acts_by_somebody_elses_membership(as_, rosa, sam):
    assert as_(rosa).post(reverse("act_for"), {"member": sam.pk}).status_code == 404


def test_an_email_belongs_to_one_person_whatever_its_letters(db):
    cast.person("rosa")
    with pytest.raises(Exception, match=r"(?i)unique"):
        cast.person("ROSA")
