"""Two rows of one facility become one; what was sent stays about the one that it was sent to."""

import threading

import pytest
from allauth.account import app_settings
from django.contrib.auth.models import Group
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from audit.actors import SYSTEM
from audit.invariants import violations
from audit.models import Activity, MoveRefused, NotPermitted
from directory.finding.asking import Search
from directory.finding.find import find
from directory.merging import merge
from directory.models import Custodian, Favorite, FormOffered, Service, Suggestion
from outbox.queue import run_due
from requests_app import readiness
from requests_app.authorizations import terms
from requests_app.intake import choosing
from requests_app.models import RecordRequest
from tests import cast, stage

pytestmark = pytest.mark.django_db
NPI = "1234567893"


@pytest.fixture
def twin(practice):
    """The same facility, listed a second time."""
    return cast.custodian(practice, name="Lakeside Fam Med", npi=NPI)


def activity(custodian):
    return [one.event for one in Activity.objects.of(custodian)]


class TestTheOneThatGoes:
    def test_points_to_the_other_and_is_never_found_or_chosen(self, custodian, twin, rosa):
        merge(twin, into=custodian, by=SYSTEM)
        twin.refresh_from_db()
        assert twin.merged_into == custodian
        assert [one.custodian for one in find(Search(name="lakeside"))] == [custodian]
        assert [one.custodian for one in find(Search(npi=NPI))] == [custodian]
        assert list(Custodian.objects.in_network()) == [custodian]
        with pytest.raises(MoveRefused):
            choosing.choose(stage.batch(rosa), twin, by=rosa)

    def test_both_histories_stay_and_tell_of_it(self, custodian, twin, practice):
        twin.record("facts_changed", by=SYSTEM)
        merge(twin, into=custodian, by=SYSTEM)
        assert activity(twin) == ["facts_changed", "merged"]
        assert activity(custodian) == ["took_in"]
        assert Activity.objects.of(practice).last().event == "places_merged"
        assert list(violations()) == []

    def test_what_was_merged_into_it_before_follows(self, custodian, twin, practice):
        older = cast.custodian(practice, name="Lakeside")
        merge(older, into=twin, by=SYSTEM)
        merge(twin, into=custodian, by=SYSTEM)
        older.refresh_from_db()
        assert older.merged_into == custodian

    def test_is_no_place_of_the_practice_any_more(self, custodian, twin, practice, as_, clara):
        merge(twin, into=custodian, by=SYSTEM)
        assert list(practice.custodians.all()) == [custodian]
        assert as_(clara).get(reverse("place", args=[twin.pk])).status_code == 404
        assert as_(clara).post(reverse("favorite_toggle", args=[twin.pk])).status_code == 404


class TestWhatMoves:
    def test_favorites_each_person_s_once(self, custodian, twin, rosa, sam):
        for person, starred in ((rosa.person, twin), (sam.person, twin), (sam.person, custodian)):
            Favorite.toggle(person, starred)
        merge(twin, into=custodian, by=SYSTEM)
        assert sorted(Favorite.objects.values_list("person", "custodian")) == sorted(
            [(rosa.person_id, custodian.pk), (sam.person_id, custodian.pk)]
        )

    def test_services_that_it_lacks(self, custodian, twin):
        twin.services.create(kind="notary", fee="7.00")
        twin.services.filter(kind="images").update(fee="99.00")
        merge(twin, into=custodian, by=SYSTEM)
        assert {one.kind: str(one.fee) for one in custodian.services.all()} == {
            "certification": "9.70",
            "images": "15.00",
            "notary": "7.00",
        }

    def test_forms_at_most_five_offered_and_none_twice(self, custodian, twin, practice):
        def form(at, name):
            return FormOffered.objects.create(organization=practice, custodian=at, name=name, fee="1.00")

        for number in range(4):
            form(custodian, f"Form {number}")
        for name in ("form 0", "School", "Camp"):
            form(twin, name)
        merge(twin, into=custodian, by=SYSTEM)
        there = FormOffered.objects.of(practice).filter(custodian=custodian)
        assert {one.name: one.is_offered for one in there if one.name in ("School", "Camp")} == {
            "School": True,
            "Camp": False,
        }
        assert not FormOffered.objects.of(practice).filter(custodian=twin).exists()

    def test_npis_and_what_is_missing(self, custodian, twin):
        twin.linked_entries.create(npi="1679576722")
        Custodian.objects.filter(pk=twin.pk).update(street="1 Main Street", npi=NPI)
        Custodian.objects.filter(pk=custodian.pk).update(npi="1992999999")
        merge(twin, into=custodian, by=SYSTEM)
        custodian.refresh_from_db()
        assert custodian.npis == ["1992999999", NPI, "1679576722"]
        assert custodian.street == "1 Main Street"

    def test_the_practice_where_the_other_has_none(self, twin, practice):
        unclaimed = cast.custodian(None, name="LAKESIDE")
        assert merge(twin, into=unclaimed, by=SYSTEM).organization == practice

    def test_suggestions_that_became_it(self, custodian, twin, rosa):
        made = Suggestion.make(by=rosa, name="Lakeside", state="GA", phone="+14785550123")
        made.link(by=SYSTEM, custodian=twin)
        merge(twin, into=custodian, by=SYSTEM)
        made.refresh_from_db()
        assert made.custodian == custodian


class TestRequests:
    def test_a_draft_moves_with_its_services_and_its_estimate_is_shown_anew(
        self, custodian, twin, rosa, clara
    ):
        draft = stage.draft(rosa, twin)
        draft.services.set(twin.services.filter(kind="images"))
        merge(twin, into=custodian, by=SYSTEM)
        draft.refresh_from_db()
        draft.batch.refresh_from_db()
        assert draft.custodian == custodian
        assert draft.services.get() == custodian.services.get(kind="images")
        assert draft.batch.estimate_approved_at is None
        assert Activity.objects.of(draft).last().event == "custodian_merged"
        assert list(violations()) == []

    def test_a_draft_that_asks_both_says_so(self, custodian, twin, rosa, clara):
        draft = stage.draft(rosa, twin)
        RecordRequest.draft(draft.batch, custodian, by=rosa)
        merge(twin, into=custodian, by=SYSTEM)
        draft.refresh_from_db()
        assert draft.custodian == twin
        assert "are one provider" in " ".join(readiness.missing(draft))

    def test_what_was_sent_stays_about_it_and_goes_on(self, custodian, twin, rosa, clara):
        sent = stage.draft(rosa, twin)
        sent.submit(by=rosa)
        before, signed = list(Activity.objects.of(sent)), terms.fingerprint(sent)
        merge(twin, into=custodian, by=SYSTEM)
        sent = RecordRequest.objects.get(pk=sent.pk)
        assert (sent.custodian, sent.custodian_organization) == (twin, clara.organization)
        assert terms.fingerprint(sent) == signed
        assert list(Activity.objects.of(sent)) == before
        sent.mark_incomplete(by=clara, reason="not_signed")
        sent.resubmit(by=rosa)
        stage.priced(sent, clara, pages=1)
        assert sent.state == "priced"
        run_due()

    def test_what_nobody_answered_goes_to_the_practice(self, custodian, twin, rosa, clara):
        sent = stage.draft(rosa, twin)
        sent.submit(by=rosa)
        RecordRequest.objects.filter(pk=sent.pk).update(custodian_organization=None)
        Custodian.objects.filter(pk=twin.pk).update(organization=None)
        merge(twin, into=custodian, by=SYSTEM)
        assert RecordRequest.objects.inbound(clara).get().pk == sent.pk


class TestRefused:
    def refused(self, gone, into):
        with pytest.raises(MoveRefused):
            merge(gone, into=into, by=SYSTEM)
        assert not Custodian.objects.exclude(merged_into=None).exists()
        assert not Activity.objects.of(into).exists()

    def test_into_itself(self, custodian):
        self.refused(custodian, custodian)

    def test_of_two_practices(self, custodian):
        other = cast.custodian(cast.organization("Other", "provider"), name="Lakeside")
        self.refused(other, custodian)

    def test_of_two_states(self, custodian, twin):
        Custodian.objects.filter(pk=twin.pk).update(state="FL")
        self.refused(twin, custodian)

    def test_by_somebody_without_the_right(self, custodian, twin, rosa):
        for by in (rosa, cast.staff("hugo")):
            with pytest.raises(NotPermitted):
                merge(twin, into=custodian, by=by)

    @pytest.mark.parametrize("turned", [False, True])
    def test_a_second_time_from_a_page_that_was_open(self, custodian, twin, turned):
        merge(twin, into=custodian, by=SYSTEM)
        with pytest.raises(MoveRefused):
            merge(*((custodian,) if turned else (twin,)), into=twin if turned else custodian, by=SYSTEM)
        assert activity(twin) == ["merged"]

    def test_a_failure_on_the_way_leaves_everything(self, custodian, twin, rosa, clara, monkeypatch):
        Favorite.toggle(rosa.person, twin)
        monkeypatch.setattr("directory.merging._move_npis", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            merge(twin, into=custodian, by=SYSTEM)
        assert Favorite.objects.get().custodian == twin
        assert Service.objects.filter(custodian=custodian).count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_at_once_merge_them_once(custodian, twin):
    """Each into the other: one wins, the other is told."""
    start, told = threading.Barrier(2), []

    def run(gone, into):
        try:
            start.wait()
            merge(gone, into=into, by=SYSTEM)
            told.append("done")
        except MoveRefused:
            told.append("refused")
        finally:
            connection.close()

    both = [threading.Thread(target=run, args=pair) for pair in ((twin, custodian), (custodian, twin))]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(told) == ["done", "refused"]
    assert Custodian.objects.exclude(merged_into=None).count() == 1
    assert list(violations()) == []


class TestThePage:
    @pytest.fixture
    def ops(self, client):
        person = cast.staff("oma")
        person.groups.add(Group.objects.get(name="Organizations"))
        self.sign_in(client, person)
        return client

    def sign_in(self, client, person, seconds_ago=0):
        client.force_login(person)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": timezone.now().timestamp() - seconds_ago}
        ]
        session["account_authentication_methods_user"] = str(person.pk)
        session.save()

    def at(self, custodian):
        return reverse("admin:directory_custodian_merge", args=[custodian.pk])

    def test_asks_and_merges(self, ops, custodian, twin):
        assert "It can't be undone." in ops.get(self.at(twin)).content.decode().replace("&#x27;", "'")
        answer = ops.post(self.at(twin), {"custodian": custodian.pk, "seen": custodian.pk}, follow=True)
        assert "is merged into" in answer.content.decode()
        twin.refresh_from_db()
        assert twin.merged_into == custodian
        assert Activity.objects.of(twin).last().actor_name == "Oma Example"
        assert ops.post(self.at(twin), {"custodian": custodian.pk}).status_code == 422

    @pytest.mark.parametrize("seen", ["", "other", "x"])
    def test_shows_first_which_one_a_number_stands_for(self, ops, custodian, twin, practice, seen):
        other = cast.custodian(practice, name="Other Place")
        seen = str(other.pk) if seen == "other" else seen
        answer = ops.post(self.at(twin), {"custodian": custodian.pk, "seen": seen})
        page = answer.content.decode()
        assert answer.status_code == 422
        assert f"{custodian.name}, {custodian.address} (number {custodian.pk}) is the one that stays" in page
        assert f'name="seen" value="{custodian.pk}"' in page
        twin.refresh_from_db()
        assert twin.merged_into is None

    def test_a_merged_one_is_no_choice(self, ops, custodian, twin, practice):
        merge(twin, into=custodian, by=SYSTEM)
        third = cast.custodian(practice, name="Third")
        assert ops.post(self.at(third), {"custodian": twin.pk}).status_code == 422

    def test_an_old_sign_in_is_asked_for_the_password(self, client, custodian, twin):
        self.sign_in(client, cast.ops("olga"), seconds_ago=app_settings.REAUTHENTICATION_TIMEOUT + 5)
        assert "reauthenticate" in client.post(self.at(twin), {"custodian": custodian.pk}).url

    @pytest.mark.parametrize("group", ["Money", "People", "Read only"])
    def test_other_groups_merge_nothing(self, client, custodian, twin, group):
        person = cast.staff("hugo")
        person.groups.add(Group.objects.get(name=group))
        self.sign_in(client, person)
        assert client.post(self.at(twin), {"custodian": custodian.pk}).status_code == 403
