"""Whom the directory lists and nobody answers for: somebody wants them in the network, and hears when they are."""

import time

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Organization
from audit.actors import SYSTEM
from audit.invariants import violations
from correspondence.models import Notice
from directory.finding.words import words_of
from directory.merging import merge
from directory.models import Custodian, RegistryEntry, Suggestion
from tests import cast
from tests.races import at_once

pytestmark = pytest.mark.django_db
NPI, BACK = "1234567893", "/new/7/providers/?name=hill"
PLACE = {"name": "HILLSIDE CLINIC", "city": "MACON", "state": "GA", "zip_code": "31201"}


@pytest.fixture(autouse=True)
def _rates():
    cache.clear()


@pytest.fixture
def outside():
    return cast.custodian(None, name="Outside Clinic", npi=NPI)


@pytest.fixture
def entry():
    return RegistryEntry.objects.create(
        npi=NPI, is_person=False, phone="4785550123", words=words_of(**PLACE), **PLACE
    )


@pytest.fixture
def want(as_, rosa):
    def wanted(by=rosa, **said):
        return as_(by).post(reverse("suggestion_invite"), {"next": BACK} | said)

    return wanted


@pytest.fixture
def ops(client):
    person = cast.staff("oma")
    person.groups.add(Group.objects.get(name="Organizations"))
    client.force_login(person)
    return client


def told(event):
    return {one.person for one in Notice.objects.filter(event=event)}


def test_one_click_leads_back_and_ops_have_it(want, outside, rosa):
    assert want(custodian=outside.pk).url == BACK
    wanted = Suggestion.objects.get()
    assert (wanted.standing, wanted.custodian, wanted.name) == ("waiting", outside, "Outside Clinic")
    assert wanted.suggested_by == rosa.person
    assert list(violations()) == []


def test_an_entry_of_the_registry_too(want, entry):
    want(npi=NPI)
    wanted = Suggestion.objects.get()
    assert (wanted.npi, wanted.city, wanted.custodian) == (NPI, "MACON", None)
    assert wanted.phone == "+14785550123"


def test_two_who_want_it_wait_together(want, outside, rosa, sam):
    want(custodian=outside.pk)
    want(custodian=outside.pk)
    want(by=sam, npi=NPI, custodian=outside.pk)
    assert Suggestion.objects.get().who_waits == [rosa.person, sam.person]


def test_two_of_one_name_are_two(want, outside):
    want(custodian=outside.pk)
    want(custodian=cast.custodian(None, name="Outside Clinic", npi="").pk)
    assert Suggestion.objects.count() == 2


def test_who_is_in_the_network_needs_no_invitation(want, custodian):
    want(custodian=custodian.pk)
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("said", [{}, {"custodian": 2**31 - 1}, {"npi": NPI}, {"npi": "x"}])
def test_nobody_is_404(want, said):
    assert want(**said).status_code == 404


def test_one_that_the_registry_has_is_shown_and_can_be_wanted(as_, rosa, entry):
    said = {"name": "Hillside Clinic, LLC", "state": "GA", "phone": "478 555 0123", "next": BACK}
    answer = as_(rosa).post(reverse("suggest"), said)
    page = answer.content.decode()
    assert "HILLSIDE CLINIC" in page
    assert f'name="npi" value="{NPI}"' in page
    assert f"/new/7/providers/?npi={NPI}" in page
    assert not Suggestion.objects.exists()
    as_(rosa).post(reverse("suggest"), said | {"is_another": "on"})
    assert Suggestion.objects.get().is_another


def test_one_that_a_custodian_stands_for_is_shown_once(as_, rosa, entry, custodian):
    custodian.link(entry, by=SYSTEM)
    said = {"name": "Hillside Clinic", "state": "GA", "phone": "478 555 0123"}
    assert as_(rosa).post(reverse("suggest"), said).status_code == 302


def test_where_a_suggestion_is_there_already_it_can_be_wanted(as_, rosa, outside):
    page = (
        as_(rosa).post(reverse("suggest"), PLACE | {"phone": "(478) 555-0123", "npi": NPI}).content.decode()
    )
    assert f'name="custodian" value="{outside.pk}"' in page


class TestOps:
    @pytest.fixture
    def wanted(self, rosa, outside):
        return Suggestion.wish(outside, by=rosa)

    def test_say_that_they_asked_it(self, ops, wanted, rosa, as_):
        assert ops.post(reverse("admin:directory_suggestion_invite", args=[wanted.pk])).status_code == 302
        wanted.refresh_from_db()
        assert wanted.standing == "invited"
        assert told("suggestion_decided") == {rosa.person}
        page = as_(rosa).get(reverse("suggest")).content.decode()
        assert "We asked it to join" in page
        assert "We write to you when it is." in page

    def test_do_not_list_it_once_more(self, ops, wanted):
        page = ops.get(reverse("admin:directory_suggestion_change", args=[wanted.pk])).content.decode()
        assert reverse("admin:directory_suggestion_invite", args=[wanted.pk]) in page
        assert reverse("admin:directory_suggestion_add-custodian", args=[wanted.pk]) not in page

    def test_list_an_entry_before_they_ask_it(self, ops, rosa, entry):
        wanted = Suggestion.wish(entry, by=rosa)
        page = ops.get(reverse("admin:directory_suggestion_invite", args=[wanted.pk])).content.decode()
        assert "isn&#x27;t listed yet" in page.replace("&#39;", "&#x27;")


class TestWhenItJoins:
    def join(self, **said):
        practice = Organization.found(
            name="Hillside", kind="provider", street="1 Hill", city="Macon", state="GA", **said
        )
        practice.approve(by=SYSTEM)
        return practice

    def test_whoever_waits_is_told(self, rosa, outside):
        wanted = Suggestion.wish(outside, by=rosa)
        wanted.invite(by=SYSTEM)
        self.join(npi=NPI)
        assert told("provider_joined") == {rosa.person}

    def test_what_ops_did_not_decide_is_decided(self, rosa, outside):
        wanted = Suggestion.wish(outside, by=rosa)
        practice = self.join(npi=NPI)
        wanted.refresh_from_db()
        assert (wanted.standing, wanted.custodian) == ("already_there", practice.custodians.get())
        assert told("suggestion_decided") == {rosa.person}
        assert told("provider_joined") == set()

    def test_an_entry_of_the_registry_by_its_npi(self, rosa, entry):
        wanted = Suggestion.wish(entry, by=rosa)
        self.join(npi=NPI)
        wanted.refresh_from_db()
        assert wanted.custodian.can_be_asked

    def test_another_npi_tells_nobody(self, rosa, outside):
        wanted = Suggestion.wish(outside, by=rosa)
        self.join(npi="1679576722")
        wanted.refresh_from_db()
        assert wanted.standing == "waiting"

    def test_by_a_merger(self, rosa, outside, custodian, olga):
        Suggestion.wish(outside, by=rosa).invite(by=SYSTEM)
        merge(custodian, into=outside, by=olga)
        assert told("provider_joined") == {rosa.person}

    def test_by_ops_who_give_it_to_a_practice(self, client, rosa, outside, practice, olga):
        Suggestion.wish(outside, by=rosa).invite(by=SYSTEM)
        client.force_login(olga)
        address = reverse("admin:directory_custodian_change", args=[outside.pk])
        sent = {name: getattr(outside, name) for name in ("name", "kind", "npi", "city", "state", "zip_code")}
        sent |= {"organization": practice.pk, "rush_fee": "0", "provider_fee": "0", "offers_fax": "on"}
        for part in ("services", "forms_offered"):
            sent |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
        assert client.post(address, sent).status_code == 302
        assert told("provider_joined") == {rosa.person}


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def both(self, rosa, sam):
        outside = cast.custodian(None, name="Outside Clinic")
        at_once(lambda: Suggestion.wish(outside, by=rosa), lambda: Suggestion.wish(outside, by=sam))
        return [{one.pk for one in row.who_waits} for row in Suggestion.objects.all()]

    def test_they_wait_together(self, rosa, sam, monkeypatch):
        monkeypatch.setattr(Custodian, "locked", slowly(Custodian.locked))
        assert self.both(rosa, sam) == [{rosa.person.pk, sam.person.pk}]

    def test_twin_without_the_lock_there_are_two(self, rosa, sam, monkeypatch):
        monkeypatch.setattr(Custodian, "locked", slowly(lambda row: row))
        assert len(self.both(rosa, sam)) == 2


def slowly(take):
    def taken(self):
        row = take(self)
        time.sleep(0.2)
        return row

    return taken


def test_one_that_is_merged_meanwhile_is_the_one_it_was_merged_into(outside, rosa):
    other = cast.custodian(None, name="Outside Clinic of Macon")
    merge(Custodian.objects.get(pk=outside.pk), into=other, by=SYSTEM)
    assert Suggestion.wish(outside, by=rosa).custodian == other
