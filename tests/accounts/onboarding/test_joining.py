"""The same mail domain leads to "ask to join": never to a second organization, never silently in (product 2.3)."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.formats import date_format

from accounts.models import JoinRequest, Member, Organization, Role
from accounts.onboarding import finding
from audit.models import Activity, MoveRefused
from correspondence.models import Notice
from outbox.queue import run_due
from tests import cast
from tests.accounts.onboarding.conftest import FOUND, NPI, newcomer

pytestmark = pytest.mark.django_db
CHOOSE = "/welcome/organization/"
JOIN = "/welcome/organization/join/"
FIRM = {name: value for name, value in FOUND.items() if name != "npi"}


def ines(reyes):
    return Member.objects.get(organization=reyes)


def test_a_colleague_is_told_which_organization_and_who_decides(signed_in, noel, reyes):
    page = signed_in(noel).get(CHOOSE).content.decode()
    assert "Reyes Law" in page
    assert "its administrators see your name" in page


def test_who_waits_reads_when_they_asked_and_by_which_clock(signed_in, noel, reyes):
    client = signed_in(noel)
    client.post(JOIN)
    asked_at = JoinRequest.objects.get().asked_at
    assert date_format(asked_at, "M j, Y, g:i A") + " UTC" in client.get(CHOOSE).content.decode()


def test_a_colleague_founds_no_second_one(signed_in, noel, reyes):
    client = signed_in(noel)
    assert client.get("/welcome/organization/new/").url == CHOOSE
    assert client.post("/welcome/organization/new/", FIRM).url == CHOOSE
    assert Organization.objects.filter(kind="law_firm").count() == 1


def test_asking_makes_nobody_a_member_and_tells_who_decides(signed_in, noel, reyes):
    client = signed_in(noel)
    client.post(JOIN)
    assert not Member.objects.filter(person=noel).exists()
    assert Notice.objects.get(event="join_asked").person == ines(reyes).person
    assert "You asked to join Reyes Law" in client.get(CHOOSE).content.decode()
    assert client.get("/").url == CHOOSE


def test_asking_twice_is_asking_once(signed_in, noel, reyes):
    client = signed_in(noel)
    client.post(JOIN)
    client.post(JOIN)
    assert JoinRequest.objects.count() == 1


def test_taken_in_they_go_home(signed_in, noel, reyes):
    client = signed_in(noel)
    client.post(JOIN)
    JoinRequest.objects.get().accept(reyes.roles.get(name="Member"), by=ines(reyes))
    assert client.get(CHOOSE).url == "/"
    assert client.get("/").status_code == 200


def test_declined_they_are_told_and_may_ask_again(signed_in, noel, reyes):
    client = signed_in(noel)
    client.post(JOIN)
    JoinRequest.objects.get().decline(by=ines(reyes))
    assert "They declined last time" in client.get(CHOOSE).content.decode()
    client.post(JOIN)
    assert JoinRequest.objects.filter(state="asked").count() == 1


def test_withdrawn_it_waits_no_longer(signed_in, noel, reyes):
    client = signed_in(noel)
    client.post(JOIN)
    client.post(f"{JOIN}withdraw/")
    assert JoinRequest.objects.get().state == "withdrawn"
    assert client.post(f"{JOIN}withdraw/").url == CHOOSE
    assert Activity.objects.of(JoinRequest.objects.get()).last().person == noel


def test_nobody_withdraws_for_another(signed_in, noel, reyes):
    signed_in(noel).post(JOIN)
    signed_in(newcomer("eve@reyeslaw.example", "law_firm")).post(f"{JOIN}withdraw/")
    assert JoinRequest.objects.get().state == "asked"


def test_nobody_asks_an_organization_that_is_not_theirs(signed_in, hana, reyes):
    client = signed_in(hana)
    for said in ({}, {"organization": reyes.pk}, {"npi": NPI}, {"npi": "x"}):
        assert client.post(JOIN, said).status_code == 404
    assert not JoinRequest.objects.exists()


def test_who_has_its_npi_may_ask_a_practice(signed_in, hana):
    lakeside = cast.organization("Lakeside", "provider", npi=NPI)
    signed_in(hana).post(JOIN, {"npi": NPI})
    assert JoinRequest.objects.get().organization == lakeside


def test_the_mail_domain_goes_before_an_npi(signed_in, noel, reyes):
    cast.organization("Lakeside", "provider", npi=NPI)
    signed_in(noel).post(JOIN, {"npi": NPI})
    assert JoinRequest.objects.get().organization == reyes


@pytest.mark.parametrize(
    "email", ["eve@reyes-law.example", "eve@mail.reyeslaw.example.test", "eve@reyeslaw.example.test"]
)
def test_a_domain_that_looks_alike_is_another(signed_in, reyes, email):
    eve = newcomer(email, "law_firm")
    assert signed_in(eve).get(CHOOSE).url == "/welcome/organization/new/"


def test_a_household_is_nobodys_employer(signed_in, noel):
    cast.organization("Noel's mother", "household", mail_domain="reyeslaw.example")
    assert signed_in(noel).get(CHOOSE).url == "/welcome/organization/new/"


def test_asking_over_and_over_ends(signed_in, noel, reyes):
    client = signed_in(noel)
    answers = []
    for _ in range(11):
        answers.append(client.post(JOIN).status_code)
        client.post(f"{JOIN}withdraw/")
    assert answers[-1] == 429


@pytest.fixture
def texted(db):
    """Somebody verified by text: the address under the firm's mail domain is only what they typed."""
    return newcomer("eve@reyeslaw.example", "law_firm", verified=False)


def test_an_address_that_is_not_shown_opens_no_organization(signed_in, texted, reyes):
    client = signed_in(texted)
    page = client.get(CHOOSE).content.decode()
    assert "Verify your email address" in page
    assert "Reyes Law" not in page
    assert client.post(JOIN).url == CHOOSE
    assert client.post("/welcome/organization/new/", FIRM).url == CHOOSE
    assert not JoinRequest.objects.exists()
    assert not Organization.objects.filter(name="Hillside Clinic").exists()


def test_a_slip_in_the_address_can_be_mended_before_it_is_shown(signed_in, texted):
    client = signed_in(texted)
    assert reverse("account_email") in client.get(CHOOSE).content.decode()
    client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
    assert client.get(reverse("account_email")).status_code == 200
    client.post(reverse("account_email"), {"action_add": "", "email": "eva@reyeslaw.example"})
    code = client.session["account_email_verification_code"]["code"]
    client.post(reverse("account_email_verification_sent"), {"code": code})
    texted.refresh_from_db()
    assert texted.email == "eva@reyeslaw.example"
    assert client.get(CHOOSE).url == "/welcome/organization/new/"  # its domain is shown; nobody is there yet


def test_shown_by_the_code_it_does(signed_in, texted, reyes, mailoutbox):
    client = signed_in(texted)
    ahead = client.post("/welcome/organization/email/")
    run_due()
    assert mailoutbox[0].to == [texted.email]
    code = client.session["account_email_verification_code"]["code"]
    assert client.post(ahead.url, {"code": code}).url == CHOOSE
    assert EmailAddress.objects.get(user=texted).verified
    assert "Reyes Law" in client.get(CHOOSE).content.decode()


def test_a_free_address_needs_no_showing(signed_in, db):
    ann = newcomer("ann@gmail.com", "law_firm", verified=False)
    client = signed_in(ann)
    assert client.get(CHOOSE).url == "/welcome/organization/new/"
    assert client.post("/welcome/organization/email/").url == CHOOSE


def test_who_waits_for_an_answer_founds_nothing(signed_in, hana):
    cast.organization("Lakeside", "provider", npi=NPI)
    client = signed_in(hana)
    client.post(JOIN, {"npi": NPI})
    assert client.post("/welcome/organization/new/", FOUND | {"npi": ""}).url == CHOOSE
    assert not Organization.objects.filter(name="Hillside Clinic").exists()


def test_a_second_organization_of_a_domain_cannot_be_written(reyes):
    from django.db import IntegrityError, transaction

    for kind in ("provider", "insurer"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Organization.found(name="Other", kind=kind, mail_domain="reyeslaw.example")


def test_a_rejected_one_does_not_come_back_beside_its_successor(db):
    fake = Organization.found(name="Fake", kind="provider", mail_domain="hillside.example")
    member = Member.join(cast.person("hana"), fake, fake.roles.get(name=Role.ADMINISTRATOR))
    fake.reject(by=cast.SYSTEM, reason="It isn't.")
    Organization.found(name="Real", kind="provider", mail_domain="hillside.example")
    with pytest.raises(MoveRefused, match="set up an organization meanwhile"):
        fake.apply_again(by=member, reply="It is.")


def test_what_somebody_only_typed_finds_and_gives_no_mail_domain(texted, noel, reyes):
    assert (finding.there_already(texted), finding.own_domain(texted)) == (None, "")
    assert (finding.there_already(noel), finding.own_domain(noel)) == (reyes, "reyeslaw.example")
