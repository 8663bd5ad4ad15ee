"""Signing up as a patient or a professional (product 2.1, 7.4)."""

import pytest
from django.urls import reverse

from accounts.models import Kind, Organization, Person
from tests.accounts.joining.conftest import (
    BY_TEXT,
    EMAIL_PAGE,
    PHONE,
    TEXT_PAGE,
    code_of,
    confirm,
    letters,
    sent,
    sign_up,
    six_digits,
)

pytestmark = pytest.mark.django_db


def ada():
    return Person.objects.get(email="ada@example.test")


def test_sign_in_leads_to_sign_up_and_keeps_where_one_wanted_to_go(client):
    html = client.get(f"{reverse('account_login')}?next=/requests/").content.decode()
    assert f'href="{reverse("account_signup")}?next=%2Frequests%2F"' in html


def test_first_it_asks_who(client):
    html = client.get(f"{reverse('account_signup')}?next=/requests/").content.decode()
    assert 'href="?as=patient&amp;next=%2Frequests%2F"' in html
    assert "Professional" in html
    assert "password" not in html


def test_a_professional_says_of_which_kind(client):
    html = client.get(f"{reverse('account_signup')}?as=professional").content.decode()
    for kind in ("Healthcare provider", "Law firm", "Insurance", "Government", "Other professional"):
        assert kind in html
    assert 'value="household"' not in html


def test_a_patient_is_not_asked_of_which_kind(client):
    assert 'name="kind"' not in client.get(f"{reverse('account_signup')}?as=patient").content.decode()


def test_a_patient_signs_up_by_email(client, mailoutbox, settings):
    assert sign_up(client).url == EMAIL_PAGE
    (letter,) = letters(mailoutbox)
    assert letter.to == ["ada@example.test"]
    code = six_digits(letter.body)
    assert code not in letter.subject
    assert confirm(client, code).url == reverse("home")
    person = ada()
    assert (person.full_name, person.signed_up_as, person.language) == ("Ada Brook", "household", "en")
    assert person.agreement_version == settings.AGREEMENT_VERSION
    assert person.agreed_at
    assert person.check_password("green kettle by the window")
    assert client.session["_auth_user_id"] == str(person.pk)


def test_a_professional_signs_up_by_text(client):
    assert sign_up(client, "professional", kind="law_firm", **BY_TEXT).url == TEXT_PAGE
    assert sent() == [("code_text", PHONE)]
    assert confirm(client, page=TEXT_PAGE).url == reverse("home")
    person = ada()
    assert person.signed_up_as == Kind.LAW_FIRM
    assert (str(person.phone), bool(person.phone_verified_at)) == (PHONE, True)
    assert not Organization.objects.exists()


def test_a_patient_s_household_is_there_before_the_first_page(client):
    sign_up(client)
    assert not Organization.objects.exists()
    confirm(client)
    (member,) = ada().memberships.all()
    household = member.organization
    assert (household.kind, household.name, member.role.name) == ("household", "Ada Brook", "Administrator")
    assert household.works
    assert client.get(reverse("home")).url == reverse("survey")


def test_a_household_is_founded_once(client):
    sign_up(client)
    confirm(client)
    client.logout()
    client.force_login(ada())
    assert Organization.objects.count() == 1


def test_whoever_left_their_household_gets_no_other(client):
    sign_up(client)
    confirm(client)
    member = ada().memberships.get()
    member.removed_at = member.joined_at
    member.save()
    client.force_login(ada())
    assert Organization.objects.count() == 1


def test_a_number_that_no_text_goes_to_is_not_kept(client):
    sign_up(client, phone="(602) 555-0143")
    assert not ada().phone


def test_the_language_of_the_page_becomes_theirs(client):
    client.cookies["django_language"] = "es"
    sign_up(client)
    assert ada().language == "es"


def test_whoever_is_signed_in_goes_home(as_, rosa):
    browser = as_(rosa)
    assert browser.get(reverse("account_signup")).url == reverse("home")
    assert sign_up(browser).url == reverse("home")
    assert not Person.objects.filter(email="ada@example.test").exists()


@pytest.mark.parametrize(
    ("who", "said", "field"),
    [
        ("patient", {"first_name": " "}, "first_name"),
        ("patient", {"last_name": "a" * 81}, "last_name"),
        ("patient", {"first_name": "Ada\u202e"}, "first_name"),
        ("patient", {"email": ""}, "email"),
        ("patient", {"email": "ada"}, "email"),
        ("patient", {"email": "аda@example.test"}, "email"),
        ("patient", {"email": "a" * 300 + "@example.test"}, "email"),
        ("patient", {"email": "a@" + "b" * 70 + ".test"}, "email"),
        ("patient", {"email": "ada@exa\0mple.test"}, "email"),
        ("patient", {"password1": "short", "password2": "short"}, "password1"),
        ("patient", {"password1": "1234567890", "password2": "1234567890"}, "password1"),
        ("patient", {"password1": "ada@example.test", "password2": "ada@example.test"}, "password1"),
        ("patient", {"password1": "x" * 257, "password2": "x" * 257}, "password1"),
        ("patient", {"password1": ""}, "password1"),
        ("patient", {"password2": "another one altogether"}, "password2"),
        ("patient", {"agreement": ""}, "agreement"),
        ("patient", {"verify_by": "pigeon"}, "verify_by"),
        ("patient", {"verify_by": "text"}, "phone"),
        ("patient", {"verify_by": "text", "phone": "12"}, "phone"),
        ("patient", {"verify_by": "text", "phone": "+44 20 7946 0958"}, "phone"),
        ("professional", {}, "kind"),
        ("professional", {"kind": "household"}, "kind"),
        ("professional", {"kind": "ops"}, "kind"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_made(client, who, said, field):
    answer = sign_up(client, who, **said)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in html
    assert not Person.objects.exists()
    assert not sent()


def test_what_was_typed_stays_but_for_the_passwords(client):
    html = sign_up(client, agreement="").content.decode()
    assert 'value="ada@example.test"' in html
    assert 'value="Ada"' in html
    assert "green kettle" not in html


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Ada@Example.TEST ", "ada@example.test"),
        ("a.d.a+chart@example.test", "a.d.a+chart@example.test"),
        ("ada@bücher.test", "ada@xn--bcher-kva.test"),
        ("ada@ｅxample.test", "ada@example.test"),
        ("ada@exаmple.test", "ada@xn--exmple-4nf.test"),
    ],
)
def test_an_address_is_kept_in_one_way_so_that_a_look_alike_is_another(client, typed, kept):
    sign_up(client, email=typed)
    assert Person.objects.get().email == kept


def test_what_can_t_stand_before_the_at_is_said(client):
    assert "use only letters from a to z" in sign_up(client, email="аda@example.test").content.decode()


def test_a_look_alike_domain_is_shown_as_what_it_is(client):
    sign_up(client, email="ada@exаmple.test")
    assert "@xn--exmple-4nf.test" in client.get(EMAIL_PAGE).content.decode()


def test_the_way_is_kept_through_code_and_survey(client):
    from django.utils import timezone

    there = reverse("outbound")
    sign_up(client, after=there)
    assert confirm(client).url == there
    assert client.get(there).url == reverse("survey")
    Person.objects.update(onboarded_at=timezone.now())
    assert client.get(reverse("home")).url == there
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize(
    "bad", ["https://evil.test/", "//evil.test/", "/\\evil.test", "javascript:alert(1)", "http:///evil.test"]
)
def test_the_way_leads_nowhere_but_to_us(client, bad):
    sign_up(client, after=bad)
    assert confirm(client).url == reverse("home")


def test_no_letter_believes_the_host_that_the_request_names(client, rosa, settings, mailoutbox):
    settings.ALLOWED_HOSTS = ["testserver", "evil.test"]
    address = f"{reverse('account_signup')}?as=patient"
    from tests.accounts.joining.conftest import ADA

    client.post(address, ADA | {"email": rosa.person.email}, headers={"host": "evil.test"})
    (letter,) = letters(mailoutbox)
    assert "evil.test" not in letter.body
    assert settings.SITE_URL in letter.body


def test_the_agreement_is_public_and_names_its_version(client, settings):
    html = client.get(reverse("agreement")).content.decode()
    assert settings.AGREEMENT_VERSION in html
    assert "law of the state the custodian is in" in html


def test_too_many_from_one_place_are_told_when_to_try_again(client):
    for _one in range(20):
        sign_up(client, agreement="")
    answer = sign_up(client)
    assert answer.status_code == 429
    assert 1 <= int(answer["Retry-After"]) <= 60
    assert "Try again in" in answer.content.decode()
    assert not Person.objects.exists()


def test_the_session_holds_no_password(client):
    sign_up(client)
    assert "kettle" not in str(dict(client.session))


def test_the_code_is_that_of_the_letter(client, mailoutbox):
    sign_up(client)
    assert six_digits(letters(mailoutbox)[0].body) == code_of(client)
