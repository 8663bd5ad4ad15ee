"""Suggest a Provider: what is missed is told, what is there is offered, whoever waits reads what became of it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from audit.actors import SYSTEM
from audit.invariants import violations
from audit.models import Activity, MoveRefused
from directory.models import RegistryEntry, Suggestion
from outbox.queue import run_due
from tests import cast

pytestmark = pytest.mark.django_db
NPI, OTHER_NPI = "1234567893", "1679576722"
HILLSIDE = {
    "name": "Hillside Clinic",
    "street": "12 Hill Road",
    "city": "Macon",
    "state": "GA",
    "zip_code": "31201",
    "phone": "(478) 555-0123",
    "fax": "(478) 555-0124",
    "email": "records@hillside.example",
    "npi": NPI,
}
BACK = "/new/7/providers/?name=hill"


@pytest.fixture(autouse=True)
def _rates():
    cache.clear()


@pytest.fixture
def send(as_, rosa):
    def sent(by=rosa, to="suggest", **said):
        return as_(by).post(reverse(to), HILLSIDE | {"next": BACK} | said)

    return sent


def suggestion(by, **said):
    facts = {"name": "Hillside Clinic", "city": "Macon", "state": "GA", "phone": "+14785550123"} | said
    return Suggestion.make(by=by, **facts)


def page(as_, by, query=""):
    return as_(by).get(reverse("suggest") + query).content.decode()


def test_what_was_told_is_kept_and_leads_back(send, rosa):
    assert send().url == BACK
    made = Suggestion.objects.get()
    assert made.suggested_by == rosa.person
    assert made.organization == rosa.organization
    assert made.standing == "waiting"
    assert made.npi == NPI
    assert made.fax == "+14785550124"
    assert Activity.objects.of(made).get().event == "suggested"
    assert list(violations()) == []


def test_it_leads_to_no_page_of_somebody_else(send):
    assert send(next="https://elsewhere.example/").url == reverse("suggest")


@pytest.mark.parametrize("missing", ["name", "state"])
def test_name_and_state_are_needed(send, missing):
    answer = send(**{missing: ""})
    assert answer.status_code == 422
    assert 'value="12 Hill Road"' in answer.content.decode()
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize("way", ["street", "phone", "fax", "email"])
def test_one_way_to_reach_it_is_enough_and_needed(send, way):
    nothing = dict.fromkeys(("street", "phone", "fax", "email"), "")
    assert send(**nothing).status_code == 422
    assert send(**nothing | {way: HILLSIDE[way]}).status_code == 302


@pytest.mark.parametrize(
    ("field", "typed"),
    [("npi", "1234567890"), ("zip_code", "3120"), ("phone", "12"), ("email", "x"), ("state", "XX")],
)
def test_what_is_none_is_told_beside_it(send, field, typed):
    answer = send(**{field: typed})
    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {field}
    assert not Suggestion.objects.exists()


class TestPrefilled:
    def test_from_the_registry_by_its_npi(self, as_, rosa):
        RegistryEntry.objects.create(
            npi=NPI, is_person=False, name="Hillside Clinic", city="Macon", state="GA", phone="4785550123"
        )
        form = as_(rosa).get(reverse("suggest"), {"npi": NPI}).context["form"]
        shown = {field.name: field.value() for field in form}
        assert (shown["name"], shown["state"], shown["npi"]) == ("Hillside Clinic", "GA", NPI)
        assert 'value="(478) 555-0123"' in str(form["phone"])

    def test_from_what_was_searched_for(self, as_, rosa):
        form = as_(rosa).get(reverse("suggest"), {"name": "hillside", "state": "GA"}).context["form"]
        assert (form["name"].value(), form["state"].value()) == ("hillside", "GA")

    @pytest.mark.parametrize("npi", ["", "x", "²", "9" * 400, NPI])
    def test_from_nothing_where_nobody_knows_the_npi(self, as_, rosa, npi):
        assert as_(rosa).get(reverse("suggest"), {"npi": npi}).status_code == 200


class TestAlreadyThere:
    def test_by_npi(self, send, practice):
        cast.custodian(practice, name="Another Name", npi=NPI)
        answer = send(is_another="on")
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "It is in the directory already" in text
        assert f"/new/7/providers/?npi={NPI}" in text
        assert not Suggestion.objects.exists()

    def test_by_an_npi_that_was_linked(self, send, practice):
        cast.custodian(practice, npi=OTHER_NPI).linked_entries.create(npi=NPI)
        assert "It is in the directory already" in send().content.decode()

    def test_by_name_and_state_however_it_is_written(self, send, practice):
        cast.custodian(practice, name="HILLSIDE  Clinic, LLC")
        text = send(npi="").content.decode()
        assert "Is it one of these?" in text
        assert "name=HILLSIDE" in text
        assert 'value="12 Hill Road"' in text

    def test_the_same_name_in_another_state_is_another(self, send, practice):
        cast.custodian(practice, name="Hillside Clinic")
        assert send(npi="", state="FL").status_code == 302

    def test_another_at_another_place_may_be_told(self, send, practice):
        cast.custodian(practice, name="Hillside Clinic")
        assert send(is_another="on").status_code == 302
        assert Suggestion.objects.get().is_another

    def test_one_that_was_merged_is_not_there_any_more(self, send, practice):
        keeper = cast.custodian(practice, name="Other")
        cast.custodian(practice, name="Hillside Clinic", npi=NPI, merged_into=keeper)
        assert send().status_code == 302


class TestItWaits:
    @pytest.mark.parametrize("said", [{"npi": NPI, "name": "Else"}, {"name": "HILLSIDE clinic"}])
    def test_somebody_else_s_is_offered_to_wait_for(self, send, sam, rosa, said):
        suggestion(sam, **said)
        answer = send(npi=said.get("npi", ""))
        assert answer.status_code == 422
        assert "Somebody suggested it already" in answer.content.decode()
        assert "Keller" not in answer.content.decode()
        sent = {"name": said["name"], "state": "GA", "npi": said.get("npi", "")}
        assert send(to="suggestion_follow", **sent).url == BACK
        send(to="suggestion_follow", **sent)
        assert list(Suggestion.objects.get().followers.all()) == [rosa.person]
        assert Activity.objects.filter(event="followed").count() == 1

    def test_one_s_own_is_told_apart(self, send, rosa):
        suggestion(rosa)
        assert "You are waiting for this one already" in send(npi="").content.decode()

    def test_what_is_decided_can_t_be_waited_for(self, send, sam):
        suggestion(sam).decline(by=SYSTEM, answer="It has closed.")
        send(to="suggestion_follow")
        assert not Suggestion.followers.through.objects.exists()

    def test_what_was_decided_may_be_suggested_again(self, send, rosa):
        suggestion(rosa, npi=NPI).decline(by=SYSTEM, answer="It has closed.")
        assert send().status_code == 302

    def test_two_at_once_make_one(self, rosa, sam):
        suggestion(sam)
        with pytest.raises(MoveRefused):
            suggestion(rosa)
        assert suggestion(rosa, is_another=True).standing == "waiting"


class TestWhatBecameOfIt:
    def test_added(self, as_, rosa, sam, mailoutbox):
        made = suggestion(rosa)
        made.follow(by=sam)
        made.add(by=SYSTEM, name="Hillside Medical", city="Macon", state="GA")
        run_due()
        assert sorted(mail.to[0] for mail in mailoutbox) == [rosa.person.email, sam.person.email]
        assert "Hillside" not in mailoutbox[0].subject + mailoutbox[0].body
        assert reverse("suggest") in mailoutbox[0].body
        for member in (rosa, sam):
            text = page(as_, member)
            assert "Listed as Hillside Medical, Macon, GA." in text
            assert "It can't be asked yet" in text
        assert list(violations()) == []

    def test_already_there(self, as_, rosa, custodian):
        suggestion(rosa).link(by=SYSTEM, custodian=custodian)
        assert "It can be asked for records." in page(as_, rosa)

    def test_declined_with_the_sentence(self, as_, rosa):
        suggestion(rosa).decline(by=SYSTEM, answer="It <b>closed</b> in May.")
        assert "It &lt;b&gt;closed&lt;/b&gt; in May." in page(as_, rosa)

    def test_nobody_else_reads_it(self, as_, rosa, ruth, sam):
        suggestion(rosa)
        for member in (ruth, sam):
            assert "Hillside" not in page(as_, member)

    def test_a_provider_of_a_known_npi_is_not_added_twice(self, rosa, practice):
        cast.custodian(practice, npi=NPI)
        made = suggestion(rosa)
        with pytest.raises(MoveRefused):
            made.add(by=SYSTEM, name="Hillside", city="Macon", state="GA", npi=NPI)
        made.refresh_from_db()
        assert made.standing == "waiting"


def test_twenty_an_hour_and_the_next_is_told_when(send):
    for number in range(20):
        assert send(name=f"Clinic {number}", npi="").status_code == 302
    answer = send(name="One more", npi="")
    assert answer.status_code == 422
    assert "You can send another in 60 minutes." in answer.content.decode()
    assert 'value="One more"' in answer.content.decode()
    assert Suggestion.objects.count() == 20
