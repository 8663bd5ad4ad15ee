"""Two at once: one wins, the other is told; an Administrator always stays. Each has a twin without the lock.

Only PostgreSQL can show it: SQLite lets one writer in at a time.
"""

import time
from contextlib import contextmanager

import pytest
from django.db import transaction

from accounts.models import Invitation, Member, Organization, Role
from audit.models import Activity, Lifecycle, MoveRefused, NotPermitted
from tests import cast
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
A_MOMENT = 0.15


@pytest.fixture
def anna(practice, clara):
    """The other Administrator."""
    return cast.member("anna", practice)


@pytest.fixture
def slow_lock(monkeypatch):
    """Between taking the organization and writing there is time for somebody else, if the lock lets them in."""
    hold = Organization.held

    @contextmanager
    def held(self, **said):
        with hold(self, **said) as both:
            time.sleep(A_MOMENT)
            yield both

    monkeypatch.setattr(Organization, "held", held)


@pytest.fixture
def no_lock(monkeypatch):
    """Both read before either writes; who manages users but is no Administrator takes longer."""

    @contextmanager
    def held(self, *, by, permission):
        with transaction.atomic():
            fresh = by.fresh()
            time.sleep(A_MOMENT if fresh.role.name == Role.ADMINISTRATOR else 4 * A_MOMENT)
            yield Organization.objects.get(pk=self.pk), fresh

    monkeypatch.setattr(Organization, "held", held)
    look = Member._leave_an_administrator

    def look_first(self):
        look(self)
        time.sleep(2 * A_MOMENT)

    monkeypatch.setattr(Member, "_leave_an_administrator", look_first)


def administrators(practice):
    return Member.objects.administrators(practice).count()


def told(results):
    """How many were refused in so many words."""
    return sum(isinstance(one, (MoveRefused, NotPermitted)) for one in results)


def remove_each_other(clara, anna):
    mine, theirs = Member.objects.get(pk=clara.pk), Member.objects.get(pk=anna.pk)
    return at_once(lambda: theirs.remove(by=clara), lambda: mine.remove(by=anna))


def test_of_two_who_remove_each_other_one_stays(practice, clara, anna, slow_lock):
    assert told(remove_each_other(clara, anna)) == 1
    assert administrators(practice) == 1


def test_without_the_lock_nobody_is_left(practice, clara, anna, no_lock):
    assert told(remove_each_other(clara, anna)) == 0
    assert administrators(practice) == 0


def lower_each_other(practice, clara, anna):
    desk = practice.roles.get(name="Front Desk")
    return at_once(lambda: anna.change_role(desk, by=clara), lambda: clara.change_role(desk, by=anna))


def test_of_two_who_lower_each_other_one_stays(practice, clara, anna, slow_lock):
    assert told(lower_each_other(practice, clara, anna)) == 1
    assert administrators(practice) == 1


def test_without_the_lock_both_are_lowered(practice, clara, anna, no_lock):
    assert told(lower_each_other(practice, clara, anna)) == 0
    assert administrators(practice) == 0


def remove_who_invites(practice, clara, gil):
    desk = practice.roles.get(name="Front Desk")
    said = {"name": "Hana", "email": "hana@example.test", "role": desk}
    return at_once(
        lambda: Member.objects.get(pk=gil.pk).remove(by=clara),
        lambda: Invitation.send(practice, by=gil, **said),
    )


def was_last(practice, event):
    return Activity.objects.of(practice).order_by("-sequence").first().event == event


def test_who_is_removed_invites_nobody_after_that(practice, clara, gil, slow_lock):
    remove_who_invites(practice, clara, gil)
    assert was_last(practice, "member_removed")


def test_without_the_lock_an_invitation_comes_after_the_removal(practice, clara, gil, no_lock):
    assert told(remove_who_invites(practice, clara, gil)) == 0
    assert was_last(practice, "invited")


@pytest.fixture
def hana():
    return cast.person("hana")


@pytest.fixture
def unlocked(monkeypatch):
    def read(self):
        row = type(self)._base_manager.get(pk=self.pk)
        time.sleep(A_MOMENT)
        return row

    monkeypatch.setattr(Lifecycle, "locked", read)


def accept_twice(invitation, hana):
    tabs = [Invitation.objects.get(pk=invitation.pk) for _ in range(2)]
    return at_once(*(lambda tab=tab: tab.accept(hana) for tab in tabs))


def test_an_invitation_accepted_in_two_tabs_is_accepted_once(practice, invite, hana):
    invitation, _link = invite()
    assert told(accept_twice(invitation, hana)) == 1
    assert Member.objects.of(hana).count() == 1
    assert Activity.objects.of(invitation).filter(event="accepted").count() == 1


def test_without_the_lock_the_second_tab_is_not_told(practice, invite, hana, unlocked):
    invitation, _link = invite()
    assert told(accept_twice(invitation, hana)) == 0


def accept_and_revoke(invitation, hana, clara):
    mine, theirs = (Invitation.objects.get(pk=invitation.pk) for _ in range(2))
    return at_once(lambda: mine.accept(hana), lambda: theirs.revoke(by=clara))


def test_of_accept_and_take_back_one_wins(invite, hana, clara):
    invitation, _link = invite()
    assert told(accept_and_revoke(invitation, hana, clara)) == 1
    invitation.refresh_from_db()
    assert Member.objects.of(hana).exists() == (invitation.state == "accepted")


def test_without_the_lock_both_go_on(invite, hana, clara, unlocked):
    invitation, _link = invite()
    assert told(accept_and_revoke(invitation, hana, clara)) == 0
