"""Ops decide on suggested providers: list one, say that it is there, or decline with a sentence (product 3.5, 10.1)."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

from audit.actors import SYSTEM
from audit.invariants import violations
from audit.models import Activity, NotPermitted
from directory.finding.asking import Search
from directory.finding.find import find
from directory.finding.words import words_of
from directory.models import Custodian, RegistryEntry, Suggestion
from tests import cast
from tests.access.bad import TEXTS

pytestmark = pytest.mark.django_db
NPI = "1234567893"
FACTS = {"name": "Hillside Clinic", "kind": "hospital", "npi": NPI, "city": "Macon", "state": "GA"}


@pytest.fixture
def waiting(rosa):
    return Suggestion.make(
        by=rosa, name="Hillside Clinic", city="Macon", state="GA", npi=NPI, phone="+14785550123"
    )


@pytest.fixture
def oma():
    person = cast.staff("oma")
    person.groups.add(Group.objects.get(name="Organizations"))
    return person


@pytest.fixture
def ops(client, oma):
    client.force_login(oma)
    return client


def at(move, suggestion):
    return reverse(f"admin:directory_suggestion_{move}", args=[suggestion.pk])


def test_the_queue_stands_on_the_first_page_with_its_count(client, olga, waiting):
    client.force_login(olga)
    text = client.get(reverse("admin:index")).content.decode()
    assert "Suggested providers" in text
    assert reverse("admin:directory_suggestion_changelist") + "?standing__exact=waiting" in text


def test_its_page_shows_what_is_known_and_the_ways_to_decide(ops, waiting, practice):
    RegistryEntry.objects.create(npi=NPI, is_person=False, name="Hillside Health", city="Macon", state="GA")
    twin = cast.custodian(practice, name="Hillside Clinic LLC")
    text = ops.get(reverse("admin:directory_suggestion_change", args=[waiting.pk])).content.decode()
    assert "Hillside Health" in text
    assert reverse("admin:directory_custodian_change", args=[twin.pk]) in text
    for move in ("add-custodian", "link", "decline"):
        assert at(move, waiting) in text


def test_ops_read_what_the_registry_has_of_its_name(rosa, ops):
    place = {"name": "HILLSIDE CLINIC", "city": "MACON", "state": "GA"}
    RegistryEntry.objects.create(npi=NPI, is_person=False, words=words_of(**place), **place)
    made = Suggestion.make(by=rosa, name="Hillside Clinic", state="GA", phone="+14785550123")
    page = ops.get(reverse("admin:directory_suggestion_change", args=[made.pk])).content.decode()
    assert f"{NPI}: HILLSIDE CLINIC" in page


def test_added_it_is_found_and_its_entry_is_not_listed_beside_it(ops, waiting):
    RegistryEntry.objects.create(
        npi=NPI,
        is_person=False,
        name="Hillside Clinic",
        city="Macon",
        state="GA",
        words="hillside clinic in_ga",
    )
    assert 'value="Hillside Clinic"' in ops.get(at("add-custodian", waiting)).content.decode()
    assert ops.post(at("add-custodian", waiting), FACTS).status_code == 302
    made = Custodian.objects.get()
    assert (made.kind, made.npi, made.organization) == ("hospital", NPI, None)
    assert [one.custodian for one in find(Search(name="hillside"))] == [made]
    waiting.refresh_from_db()
    assert (waiting.standing, waiting.custodian) == ("added", made)
    assert Activity.objects.of(made).get().actor_name == "Oma Example"
    assert list(violations()) == []


@pytest.mark.parametrize("by", ["number", "npi"])
def test_linked_to_one_that_is_listed(ops, waiting, practice, by):
    there = cast.custodian(practice, npi="1679576722")
    sent = {"custodian": there.pk if by == "number" else there.npi}
    assert ops.post(at("link", waiting), sent).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.standing, waiting.custodian) == ("already_there", there)


@pytest.mark.parametrize("typed", ["", "x", "0", "-1", "²", "99999999999999999999", NPI])
def test_linked_to_nothing_is_told(ops, waiting, typed):
    assert ops.post(at("link", waiting), {"custodian": typed}).status_code == 422
    waiting.refresh_from_db()
    assert waiting.standing == "waiting"


def test_declined_with_a_sentence(ops, waiting):
    assert ops.post(at("decline", waiting), {"answer": "It has closed."}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.standing, waiting.answer) == ("declined", "It has closed.")


@pytest.mark.parametrize("answer", ["", "   ", "x" * 501, "a\x00b"])
def test_a_no_without_a_sentence_is_refused(ops, waiting, answer):
    assert ops.post(at("decline", waiting), {"answer": answer}).status_code == 422
    assert Suggestion.objects.get().standing == "waiting"


def test_the_second_decision_is_told(ops, waiting):
    waiting.decline(by=SYSTEM, answer="It has closed.")
    answer = ops.post(at("add-custodian", waiting), FACTS)
    assert answer.status_code == 422
    assert "so that can&#x27;t be done" in answer.content.decode()
    assert not Custodian.objects.exists()


@pytest.mark.parametrize("field", [*FACTS, "street", "zip_code", "phone", "fax", "email", "specialty"])
def test_bad_text_is_refused_or_kept_as_text(ops, waiting, field):
    for what, text in TEXTS.items():
        if what != "a million characters":
            answer = ops.post(at("add-custodian", waiting), {**FACTS, field: text})
            assert answer.status_code in (302, 422), what
            if answer.status_code == 302:
                break  # it is listed now, as text


@pytest.mark.parametrize("move", ["add-custodian", "link", "decline"])
@pytest.mark.parametrize("group", ["Money", "People", "Read only", None])
def test_other_groups_decide_nothing(client, waiting, move, group):
    person = cast.staff("hugo")
    if group:
        person.groups.add(Group.objects.get(name=group))
    client.force_login(person)
    assert client.get(at(move, waiting)).status_code == 403
    assert client.post(at(move, waiting), {**FACTS, "answer": "No"}).status_code == 403
    with pytest.raises(NotPermitted):
        waiting.decline(by=person, answer="No")


def test_a_missing_one_is_404(ops):
    assert ops.get(reverse("admin:directory_suggestion_link", args=[10**9])).status_code == 404


class TestRegistryEntries:
    @pytest.fixture
    def entry(self, db):
        return RegistryEntry.objects.create(
            npi=NPI, is_person=False, name="Hillside Clinic", city="Macon", state="GA", phone="4785550123"
        )

    def test_one_becomes_a_custodian(self, ops, entry):
        address = reverse("admin:directory_registryentry_make-custodian", args=[NPI])
        assert 'value="Hillside Clinic"' in ops.get(address).content.decode()
        assert ops.post(address, FACTS).status_code == 302
        assert Custodian.objects.get().npi == NPI
        assert ops.post(address, FACTS).status_code == 422
        assert Custodian.objects.count() == 1

    def test_one_is_linked_to_a_custodian_beside_its_own(self, ops, entry, practice):
        there = cast.custodian(practice, npi="1679576722")
        address = reverse("admin:directory_registryentry_link", args=[NPI])
        assert ops.post(address, {"custodian": there.pk}).status_code == 302
        there.refresh_from_db()
        assert there.npis == ["1679576722", NPI]
        assert [one.custodian for one in find(Search(npi=NPI))] == [there]
        assert Activity.objects.of(there).get().details == {"npi": NPI}
        assert ops.post(address, {"custodian": there.pk}).status_code == 422

    def test_one_without_an_npi_takes_the_entry_s(self, ops, entry, practice):
        there = cast.custodian(practice)
        ops.post(reverse("admin:directory_registryentry_link", args=[NPI]), {"custodian": there.pk})
        there.refresh_from_db()
        assert there.npi == NPI

    def test_its_page_offers_both(self, ops, entry):
        text = ops.get(reverse("admin:directory_registryentry_change", args=[NPI])).content.decode()
        assert "Make a custodian of it" in text
        assert "Link it to a custodian" in text


INLINES = {
    f"{name}-{kind}_FORMS": "0" for name in ("services", "forms_offered") for kind in ("TOTAL", "INITIAL")
}
FEES = {"rush_fee": "0.00", "provider_fee": "0.00"}


class TestCustodians:
    def add(self, ops, **said):
        return ops.post(reverse("admin:directory_custodian_add"), {**FACTS, **FEES, **INLINES, **said})

    def test_one_outside_the_registry_is_listed(self, ops):
        assert self.add(ops, npi="").status_code == 302
        assert Activity.objects.of(Custodian.objects.get()).get().event == "listed"

    def test_a_second_one_of_an_npi_is_refused(self, ops):
        self.add(ops)
        answer = self.add(ops)
        assert "stands for this NPI already" in answer.content.decode()
        assert Custodian.objects.count() == 1

    def test_none_is_deleted(self, client, olga, custodian):
        client.force_login(olga)
        address = reverse("admin:directory_custodian_delete", args=[custodian.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403

    def test_a_change_is_told_and_writes_only_that(self, ops, custodian):
        change = reverse("admin:directory_custodian_change", args=[custodian.pk])
        form = ops.get(change).context["adminform"].form
        said = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
        sent = {name: value for name, value in said.items() if value is not None and value is not False}
        answer = ops.post(change, {**sent, **INLINES, "city": "Athens"})
        assert answer.status_code == 302, answer.context["adminform"].form.errors
        entry = Activity.objects.of(custodian).get()
        assert (entry.event, entry.details) == ("facts_changed", {"fields": "city"})
