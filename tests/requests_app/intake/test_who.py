"""Whom a patient's request is for: "Me", a dependent, "Someone else" (product 4.3, 4.4)."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Dependent
from requests_app.models import Batch, Patient
from tests import cast
from tests.requests_app.intake.conftest import PATIENT

pytestmark = pytest.mark.django_db
LEO = {"first_name": "Leo", "last_name": "Rahman", "birth_date": "05/04/2015"}
ME = {"first_name": "Aisha", "last_name": "Example", "birth_date": "03/02/1988"}


@pytest.fixture
def aisha():
    member = cast.member("aisha", cast.organization("Aisha Rahman", "household"))
    member.person.phone = "+16025550143"
    member.person.save()
    return member


@pytest.fixture
def leo(aisha):
    facts = {"first_name": "Leo", "middle_name": "Sami", "last_name": "Rahman"}
    return Dependent.add(by=aisha, birth_date=date(2015, 5, 4), **facts)


@pytest.fixture
def lea(aisha):
    return Dependent.add(by=aisha, first_name="Lea", last_name="Rahman", birth_date=date(2012, 1, 9))


@pytest.fixture
def strange():
    """A dependent of another household."""
    noor = cast.member("noor", cast.organization("Noor Haddad", "household"))
    return Dependent.add(by=noor, first_name="Zaid", last_name="Haddad", birth_date=date(2016, 6, 6))


@pytest.fixture
def at(go, aisha, new_key):
    """aisha's first page: `at("?who=me")` opens it, `at(post={…})` sends it."""

    def went(query="", post=None, name="wizard_patient", args=()):
        return go(name, *(args or (new_key,)), member=aisha, query=query, post=post)

    return went


def fields(answer):
    form = answer.context["form"]
    return {
        name: str(form[name].value() or "") for name in ("first_name", "middle_name", "last_name", "email")
    }


def key(dependent):
    return f"dependent-{dependent.pk}"


def test_a_patient_is_asked_first(at, leo):
    page = at().content.decode()
    assert "Who are the records for?" in page
    assert [one.label for one in at().context["form"].choices] == ["Me", "Leo Sami Rahman", "Someone else"]
    assert "First name" not in page


def test_nobody_else_is_asked(go, new_key):
    page = go("wizard_patient", new_key, query="?who=me").content.decode()
    assert "Who are the records for?" not in page
    assert "First name" in page
    assert 'value="Rosa"' not in page


def test_me_fills_in_what_is_known(at, aisha):
    aisha.person.birth_date = date(1988, 3, 2)
    aisha.person.save()
    page = at("?who=me").content.decode()
    for known in ("Aisha", "Example", "03/02/1988", "(602) 555-0143", "aisha@example.test"):
        assert f'value="{known}"' in page


def test_a_dependent_fills_in_theirs(at, leo):
    answer = at(f"?who={key(leo)}")
    assert fields(answer) == {"first_name": "Leo", "middle_name": "Sami", "last_name": "Rahman", "email": ""}
    assert 'value="05/04/2015"' in answer.content.decode()


def test_someone_else_fills_in_nothing(at):
    answer = at("?who=other")
    assert "First name" in answer.content.decode()
    assert set(fields(answer).values()) == {""}


def test_the_request_knows_its_dependent(at, leo):
    at(post=LEO | {"who": key(leo)})
    assert Patient.objects.get().dependent == leo


@pytest.mark.parametrize("who", ["me", "other", ""])
def test_the_others_have_none(at, leo, who):
    at(post=LEO | {"who": who})
    assert Patient.objects.get().dependent is None


def test_what_was_filled_in_can_be_changed(at, leo):
    at(post=LEO | {"first_name": "Leon", "who": key(leo)})
    patient = Patient.objects.get()
    assert (patient.first_name, patient.dependent) == ("Leon", leo)
    leo.refresh_from_db()
    assert leo.first_name == "Leo"


@pytest.mark.parametrize(
    "made_up", ["dependent-0", "dependent-x", "dependent-", "dependent-9223372036854775808"]
)
def test_a_made_up_choice_fills_in_nothing(at, made_up):
    assert "First name" not in at(f"?who={made_up}").content.decode()


def test_another_households_dependent_fills_in_nothing(at, strange):
    page = at(f"?who={key(strange)}").content.decode()
    assert "Zaid" not in page
    assert "Haddad" not in page


def test_another_households_dependent_is_not_taken(at, strange):
    answer = at(post=LEO | {"who": key(strange)})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["who"]
    assert not Batch.objects.exists()


def test_a_firms_form_knows_no_who(go, new_key, strange):
    go("wizard_patient", new_key, post=PATIENT | {"who": key(strange)})
    assert Patient.objects.get().dependent is None


def test_who_was_removed_meanwhile_is_told_beside_the_choice(at, aisha, leo):
    leo.remove(by=aisha)
    answer = at(post=LEO | {"who": key(leo)})
    assert answer.status_code == 422
    assert "in your list any more" in answer.content.decode()
    assert 'value="Leo"' in answer.content.decode()


def test_who_was_removed_fills_in_nothing(at, aisha, leo):
    leo.remove(by=aisha)
    assert "Leo" not in at(f"?who={key(leo)}").content.decode()


# Half-typed input -----------------------------------------------------------------------------------------


def test_a_page_that_was_left_shows_what_was_typed(at, leo):
    at(name="wizard_patient_autosave", post={"first_name": "Leopold", "who": key(leo)})
    for query in ("", f"?who={key(leo)}"):
        answer = at(query)
        assert fields(answer)["first_name"] == "Leopold"
        assert answer.context["form"].chosen == key(leo)
        assert answer.context["is_resumed"]


def test_choosing_another_shows_them_and_forgets_nothing_yet(at, leo, lea):
    at(name="wizard_patient_autosave", post={"first_name": "Leopold", "who": key(leo)})
    assert fields(at(f"?who={key(lea)}"))["first_name"] == "Lea"
    assert fields(at())["first_name"] == "Leopold"


def test_a_number_typed_for_one_does_not_go_to_the_next(at, leo, lea):
    at(name="wizard_patient_autosave", post={"ssn": "123-45-6789", "who": key(leo)})
    assert "6789" not in at(f"?who={key(lea)}").content.decode()


# A draft that exists --------------------------------------------------------------------------------------


@pytest.fixture
def for_leo(at, leo):
    """aisha's draft for Leo; `for_leo(…)` opens or sends its first page."""
    at(post=LEO | {"who": key(leo), "ssn": "123456789"})
    batch = Batch.objects.get()

    def went(query="", post=None):
        return at(query, post, name="wizard_patient_edit", args=[batch.pk])

    return went


def test_a_draft_shows_whom_it_is_for(for_leo, leo):
    form = for_leo().context["form"]
    assert (form.chosen, form["first_name"].value()) == (key(leo), "Leo")


def test_a_changed_choice_is_kept_with_its_person(for_leo, lea):
    shown = for_leo(f"?who={key(lea)}")
    assert fields(shown)["first_name"] == "Lea"
    assert Patient.objects.get().first_name == "Leo"
    for_leo(post=LEO | {"first_name": "Lea", "who": key(lea)})
    assert Patient.objects.get().dependent == lea


def test_a_choice_that_is_taken_back_is_cleared(for_leo):
    for_leo(post=PATIENT | {"who": "other"})
    assert Patient.objects.get().dependent is None


def test_ones_number_does_not_stay_with_anothers_name(for_leo, lea):
    assert "6789" not in for_leo(f"?who={key(lea)}").content.decode()
    for_leo(post=LEO | {"first_name": "Lea", "who": key(lea)})
    assert Patient.objects.get().ssn == ""


def test_ones_number_stays_with_oneself(for_leo, leo):
    for_leo(post=LEO | {"first_name": "Leon", "who": key(leo)})
    assert Patient.objects.get().ssn == "123456789"


def test_who_was_removed_stays_in_the_draft_made_for_them(for_leo, aisha, leo):
    leo.remove(by=aisha)
    assert for_leo().context["form"].chosen == key(leo)
    assert for_leo(post=LEO | {"who": key(leo)}).status_code == 302
    assert Patient.objects.get().dependent == leo


def test_a_form_from_before_changes_no_choice(for_leo, leo):
    for_leo(post=LEO)
    assert Patient.objects.get().dependent == leo


def test_the_way_back_to_the_review_is_kept(for_leo, lea):
    assert f"?edit=1&amp;who={key(lea)}" in for_leo("?edit=1").content.decode()


def test_many_dependents_ask_no_more_than_one(aisha, as_, new_key, leo, django_assert_num_queries):
    browser = as_(aisha)
    browser.get(f"/new/patient/{new_key}/?who=me")  # the first visit of a session writes it
    with CaptureQueriesContext(connection) as one:
        browser.get(f"/new/patient/{new_key}/?who=me")
    for number in range(20):
        Dependent.add(by=aisha, first_name=f"N{number}", last_name="R", birth_date=date(2015, 5, 4))
    with django_assert_num_queries(len(one)):
        browser.get(f"/new/patient/{new_key}/?who=me")


# The birth date of somebody who asks for themselves -------------------------------------------------------


def test_the_first_request_tells_the_birth_date(at, aisha):
    assert "We keep it with your account" in at("?who=me").content.decode()
    at(post=ME | {"who": "me"})
    aisha.person.refresh_from_db()
    assert aisha.person.birth_date == date(1988, 3, 2)


def test_one_that_is_known_stays(at, aisha):
    aisha.person.birth_date = date(1990, 1, 1)
    aisha.person.save()
    assert "We keep it" not in at("?who=me").content.decode()
    at(post=ME | {"who": "me"})
    aisha.person.refresh_from_db()
    assert aisha.person.birth_date == date(1990, 1, 1)


@pytest.mark.parametrize("post", [ME | {"who": "other"}, LEO | {"who": "me"}], ids=["else", "name"])
def test_anothers_birth_date_is_not_kept_as_ones_own(at, aisha, post):
    at(post=post)
    aisha.person.refresh_from_db()
    assert aisha.person.birth_date is None
