"""The groups that ops are given by role."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.test import RequestFactory
from django.urls import reverse

from accounts import ops_groups
from tests import cast

pytestmark = pytest.mark.django_db


def held(group):
    person = cast.staff("hugo")
    person.groups.add(Group.objects.get(name=group))
    return person.get_all_permissions()


@pytest.mark.parametrize("group", ["Organizations", "Money", "People", "Requests", "Read only"])
def test_migrate_makes_them(group):
    assert held(group) == set(ops_groups.GROUPS[group])


def test_only_who_decides_on_organizations_may():
    deciding = [
        name for name, rights in ops_groups.GROUPS.items() if "accounts.decide_organization" in rights
    ]
    assert deciding == ["Organizations"]


def test_to_read_only_is_to_view():
    assert {right.split(".")[1].split("_")[0] for right in held("Read only")} == {"view"}


def test_no_group_opens_what_requests_and_files_hold():
    """Of requests it is where they stand, which the admin shows without the patient."""
    all_rights = {right for rights in ops_groups.GROUPS.values() for right in rights}
    apps = {right.split(".")[0] for right in all_rights}
    assert apps.isdisjoint({"documents", "auth"})
    of_requests = {right for right in all_rights if right.startswith("requests_app.")}
    assert of_requests == {"requests_app.view_recordrequest", "requests_app.end_recordrequest"}


def test_what_somebody_added_is_taken_back_by_the_next_migrate():
    group = Group.objects.get(name="Read only")
    group.permissions.add(Permission.objects.get(codename="change_person"))
    ops_groups.make()
    assert not group.permissions.filter(codename="change_person").exists()


def test_the_pages_of_a_group_open_and_others_do_not(client):
    person = cast.staff("hugo")
    person.groups.add(Group.objects.get(name="Money"))
    client.force_login(person)
    assert client.get(reverse("admin:billing_invoice_changelist")).status_code == 200
    assert client.get(reverse("admin:accounts_person_changelist")).status_code == 403


@pytest.mark.parametrize(
    ("page", "action"),
    [
        ("outbox_job", "retry"),
        ("billing_payment", "ask_the_bank"),
        ("billing_bankday", "compare_again"),
        ("correspondence_notice", "send_again"),
    ],
)
@pytest.mark.parametrize(("group", "may"), [("Read only", False), (None, True)])
def test_who_only_reads_is_offered_no_action(client, page, action, group, may):
    person = cast.staff("hugo") if group else cast.ops("olga")
    person.groups.set(Group.objects.filter(name=group))
    request = RequestFactory().get("/")
    request.user = person
    (shown,) = [one for one in admin.site._registry.values() if _name(one) == page]
    assert (action in shown.get_actions(request)) is may


def _name(model_admin):
    return model_admin.opts.label_lower.replace(".", "_")
