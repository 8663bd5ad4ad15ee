"""Ops who are no superusers: what they were given, and no way to more."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Member, Role
from tests import cast

pytestmark = pytest.mark.django_db
RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


@pytest.fixture
def helper(client):
    """Somebody in ops who may change people and nothing else."""
    person = cast.staff("hugo")
    person.user_permissions.add(*Permission.objects.filter(codename__in=["view_person", "change_person"]))
    client.force_login(person)
    return person


def change(person):
    return reverse("admin:accounts_person_change", args=[person.pk])


def test_who_changes_people_gives_nobody_rights(client, helper, rosa):
    said = {"email": rosa.person.email, "first_name": "Rosamund", "last_name": "Example", "language": "en"}
    sent = {**said, "is_active": "on", "is_staff": "on", "is_superuser": "on"}
    assert client.post(change(rosa.person), sent).status_code == 302
    rosa.person.refresh_from_db()
    assert rosa.person.first_name == "Rosamund"
    assert not rosa.person.is_staff
    assert not rosa.person.is_superuser


def test_who_changes_people_changes_nobody_in_ops(client, helper, olga):
    assert client.post(change(olga), {"first_name": "Evil"}).status_code == 403
    assert client.post(change(helper), {"is_superuser": "on"}).status_code == 403
    olga.refresh_from_db()
    assert olga.first_name == "Olga"


def test_who_changes_people_gives_no_new_password_to_ops(client, helper, olga):
    address = reverse("admin:auth_user_password_change", args=[olga.pk])
    new = {
        "password1": "a password of theirs",
        "password2": "a password of theirs",
        "usable_password": "true",
    }
    assert client.post(address, new).status_code == 403
    olga.refresh_from_db()
    assert olga.check_password(cast.PASSWORD)


def test_who_changes_people_takes_over_no_account(client, helper, rosa):
    new = {
        "password1": "a password of theirs",
        "password2": "a password of theirs",
        "usable_password": "true",
    }
    address = reverse("admin:auth_user_password_change", args=[rosa.person_id])
    assert client.post(address, new).status_code == 403
    said = {"email": "hugo@example.test", "first_name": "Rosa", "last_name": "Example", "language": "en"}
    client.post(change(rosa.person), {**said, "is_active": "on"})
    rosa.person.refresh_from_db()
    assert rosa.person.email == "rosa@example.test"
    assert rosa.person.check_password(cast.PASSWORD)


@pytest.mark.parametrize("model", ["account_emailaddress", "mfa_authenticator", "usersessions_usersession"])
def test_nobody_makes_a_way_in_by_hand(client, olga, model):
    client.force_login(olga)
    assert client.get(reverse(f"admin:{model}_changelist")).status_code == 200
    assert client.get(reverse(f"admin:{model}_add")).status_code == 403


def test_a_way_in_is_not_to_be_read_either(client, olga):
    client.force_login(olga)
    app = Authenticator.objects.get(user=olga)
    page = client.get(reverse("admin:mfa_authenticator_change", args=[app.pk])).content.decode()
    assert app.data["secret"] not in page
    key = client.session.session_key
    session = UserSession.objects.create(user=olga, ip="127.0.0.1", session_key=key, user_agent="a browser")
    page = client.get(reverse("admin:usersessions_usersession_change", args=[session.pk])).content.decode()
    assert "a browser" in page
    assert key not in page


def test_a_superuser_gives_rights(client, olga, rosa):
    client.force_login(olga)
    shown = client.get(change(rosa.person))
    assert set(RIGHTS) <= set(shown.context["adminform"].form.fields)


def test_a_role_of_another_organization_makes_nobody_a_member(rosa, practice, sam):
    foreign = Role.objects.filter(organization=practice).first()
    with pytest.raises(ValidationError, match="another organization"):
        Member(person=sam.person, organization=rosa.organization, role=foreign).full_clean()
