"""Two colleagues at the same moment, two tabs, a decision and an answer: one wins, the other is told."""

import threading

import pytest
from django.db import IntegrityError

from accounts.models import JoinRequest, Member, Organization, Person, Role
from accounts.onboarding import finding, founding
from audit.invariants import violations
from audit.models import Activity, MoveRefused
from tests import cast
from tests.accounts.onboarding.conftest import newcomer
from tests.races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def colleagues(db):
    return newcomer("noel@reyeslaw.example", "law_firm"), newcomer("ines@reyeslaw.example", "law_firm")


@pytest.fixture
def both_have_looked(monkeypatch):
    """Neither goes on to found before both have seen that there is nothing yet."""
    look, barrier = finding.there_already, threading.Barrier(2)

    def looked(person, npi=""):
        found = look(person, npi)
        first = not getattr(threading.current_thread(), "has_looked", False)
        threading.current_thread().has_looked = True
        if first:
            barrier.wait(10)
        return found

    monkeypatch.setattr(finding, "there_already", looked)


def found(person):
    return lambda: founding.found(person, kind="law_firm", name="Reyes Law")


def test_of_two_colleagues_one_founds_and_the_other_is_led_to_ask(colleagues, both_have_looked):
    results = at_once(*map(found, colleagues))
    assert sorted(type(one) for one in results if isinstance(one, Exception)) == [founding.ThereAlready]
    assert Organization.objects.filter(mail_domain="reyeslaw.example").count() == 1
    assert Member.objects.count() == 1
    assert list(violations()) == []


def test_without_the_constraint_both_would_found(colleagues, both_have_looked, monkeypatch):
    monkeypatch.setattr(finding, "own_domain", lambda person: "")  # what the constraint leaves alone
    assert not [one for one in at_once(*map(found, colleagues)) if isinstance(one, Exception)]
    assert Organization.objects.count() == 2


def test_two_tabs_found_once(db):
    ann = newcomer("ann@gmail.com", "law_firm")
    first, second = at_once(found(ann), found(Person.objects.get(pk=ann.pk)))
    assert first == second
    assert Organization.objects.count() == 1


def test_without_the_lock_two_tabs_found_twice(db, both_have_looked, monkeypatch):
    ann = newcomer("ann@gmail.com", "law_firm")
    monkeypatch.setattr(type(Person.objects.all()), "select_for_update", lambda self, **_said: self)
    at_once(found(ann), found(ann))
    assert Organization.objects.count() == 2


def test_approved_and_rejected_at_once_is_one_of_both(db):
    clinic = Organization.found(name="Hillside Clinic", kind="provider")
    olga = cast.ops("olga")
    again = Organization.objects.get()
    results = at_once(lambda: clinic.approve(by=olga), lambda: again.reject(by=olga, reason="No."))
    assert [type(one) for one in results if one] == [MoveRefused]
    assert Activity.objects.of(clinic).exclude(event="founded").count() == 1


def test_taken_back_and_accepted_at_once_is_one_of_both(db):
    firm = cast.organization("Reyes Law", "law_firm", mail_domain="reyeslaw.example")
    ines = cast.member("ines", firm)
    noel = newcomer("noel@reyeslaw.example", "law_firm")
    asked = JoinRequest.ask(noel, firm)
    again, role = JoinRequest.objects.get(), firm.roles.get(name="Member")
    results = at_once(lambda: asked.withdraw(by=noel.acting_for(firm)), lambda: again.accept(role, by=ines))
    assert [type(one) for one in results if isinstance(one, Exception)] == [MoveRefused]
    is_member = Member.objects.filter(person=noel).exists()
    assert JoinRequest.objects.get().state == ("accepted" if is_member else "withdrawn")


def test_a_rejected_one_and_its_successor_at_once_are_one(db):
    hana = newcomer("hana@hillside.example", "provider")
    fake = Organization.found(name="Fake", kind="provider", mail_domain="hillside.example")
    fake_member = Member.join(cast.person("eve"), fake, fake.roles.get(name=Role.ADMINISTRATOR))
    fake.reject(by=cast.SYSTEM, reason="It isn't.")
    results = at_once(
        lambda: fake.apply_again(by=fake_member, reply="It is."),
        lambda: founding.found(hana, kind="provider", name="Real"),
    )
    refused = [type(one) for one in results if isinstance(one, Exception)]
    assert len(refused) == 1
    assert refused[0] in (MoveRefused, IntegrityError, founding.ThereAlready)
    assert Organization.objects.under("hillside.example").count() == 1
