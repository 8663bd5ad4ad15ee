"""The survey comes first, is answered once, and leads on (product 2.4)."""

import pytest

from accounts.models import Kind, Survey
from tests import cast
from tests.accounts.onboarding.conftest import newcomer

pytestmark = pytest.mark.django_db
LAWYER = {
    "job": "Paralegal",
    "requests_a_month": "11-50",
    "heard_from": "search",
    "states_served": ["GA", "AL"],
}
PRACTICE = {**LAWYER, "service_model": "self", "ehr": "Epic"}
PATIENT = {"heard_from": "colleague", "time_zone": "America/Chicago", "birth_date": "03/14/1961"}


@pytest.fixture
def lawyer(db):
    return newcomer("noel@reyeslaw.example", "law_firm", onboarded=False)


@pytest.fixture
def manager(db):
    return newcomer("hana@hillside.example", "provider", onboarded=False)


def answer(client, **said):
    return client.post("/welcome/", said)


def test_a_lawyer_goes_on_to_the_organization(signed_in, lawyer):
    response = answer(signed_in(lawyer), **LAWYER)
    assert response.url == "/welcome/organization/"
    lawyer.refresh_from_db()
    assert lawyer.onboarded_at
    assert (lawyer.survey.job, lawyer.survey.states_served) == ("Paralegal", ["GA", "AL"])


def test_all_states_is_one_answer(signed_in, lawyer):
    answer(signed_in(lawyer), **LAWYER | {"states_served": ["all", "GA"]})
    assert Survey.objects.get().states_served == ["all"]


def test_who_founds_a_practice_says_how_it_works(signed_in, manager):
    client = signed_in(manager)
    assert answer(client, **LAWYER).status_code == 422
    answer(client, **PRACTICE)
    assert (manager.survey.service_model, manager.survey.ehr) == ("self", "Epic")


def test_a_patient_is_asked_little_and_goes_home(signed_in, pat):
    client = signed_in(pat)
    page = client.get("/welcome/").content.decode()
    assert "requests do you handle" not in page
    assert answer(client, **PATIENT).url == "/"
    pat.refresh_from_db()
    assert (pat.time_zone, f"{pat.birth_date:%m/%d/%Y}") == ("America/Chicago", "03/14/1961")


def test_a_patient_may_keep_the_birth_date(signed_in, pat):
    assert answer(signed_in(pat), **PATIENT | {"birth_date": ""}).url == "/"


def test_who_was_invited_needs_no_organization(signed_in, practice):
    ida = cast.person("ida", onboarded_at=None, signed_up_as=Kind.PROVIDER)
    cast.Member.join(ida, practice, practice.roles.get(name="Front Desk"))
    client = signed_in(ida)
    assert "Your practice" not in client.get("/welcome/").content.decode()
    assert answer(client, **LAWYER).url == "/"


def test_answering_twice_changes_nothing(signed_in, lawyer):
    client = signed_in(lawyer)
    answer(client, **LAWYER)
    lawyer.refresh_from_db()
    first = lawyer.onboarded_at
    assert answer(client, **LAWYER | {"job": "Judge"}).status_code == 302
    lawyer.refresh_from_db()
    assert (lawyer.onboarded_at, Survey.objects.get().job) == (first, "Paralegal")


def test_it_leads_to_where_they_wanted(signed_in, pat):
    client = signed_in(pat)
    assert client.get("/outbound/?status=priced").url == "/welcome/"
    assert client.post("/welcome/", PATIENT, follow=True).redirect_chain[-1][0] == "/outbound/?status=priced"


def test_it_leads_to_our_own_pages_only(signed_in, pat):
    client = signed_in(pat)
    assert client.post("/welcome/?next=//evil.example/", PATIENT | {"next": "//evil.example/"}).url == "/"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("job", ""),
        ("job", "   "),
        ("job", "x" * 101),
        ("job", "a\x00b"),
        ("job", "a\u202eb"),
        ("requests_a_month", "1000000"),
        ("requests_a_month", ""),
        ("heard_from", "<script>"),
        ("states_served", []),
        ("states_served", ["GA", "ZZ"]),
        ("service_model", "none"),
        ("ehr", "x" * 101),
        ("records_contact_name", "\u2066x"),
        ("records_contact_email", "nobody"),
        ("records_contact_phone", "12"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_says_what_is_wrong(signed_in, manager, name, typed):
    response = signed_in(manager).post("/welcome/", {**PRACTICE, name: typed})
    assert response.status_code == 422
    assert name in response.context["form"].errors
    assert 'value="Epic"' in response.content.decode() or name == "ehr"
    assert not Survey.objects.exists()


@pytest.mark.parametrize("birth_date", ["13/45/1990", "01/01/1899", "01/01/2099", "31.12.1990", "1" * 10_000])
def test_a_birth_date_that_cannot_be_is_refused(signed_in, pat, birth_date):
    response = answer(signed_in(pat), **PATIENT | {"birth_date": birth_date})
    assert response.status_code == 422
    assert "birth_date" in response.context["form"].errors


def test_ops_answer_no_survey(signed_in, olga):
    assert signed_in(olga).get("/welcome/").status_code == 302


def test_it_shows_no_sidebar_that_leads_nowhere(signed_in, pat):
    assert 'id="side"' not in signed_in(pat).get("/welcome/").content.decode()


def test_two_tabs_keep_the_first_answers(lawyer):
    """The second tab's page was let in before the first one answered."""
    said = {"job": "Paralegal", "requests_a_month": "1-10", "heard_from": "search", "states_served": ["GA"]}
    Survey.answer(lawyer, **said)
    Survey.answer(lawyer, **said | {"job": "Judge"}, time_zone="America/Chicago")
    lawyer.refresh_from_db()
    assert (lawyer.survey.job, lawyer.time_zone) == ("Paralegal", "")
