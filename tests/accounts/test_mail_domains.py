"""Who shares a mail domain works for one organization; who has a free address shares nothing with anybody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts import mail_domains
from accounts.models import Organization
from tests import cast

ANYBODY = [
    "gmail.com",
    "Yahoo.com",
    "outlook.com",
    "icloud.com",
    "comcast.net",
    "proton.me",
    "mailinator.com",
]
LOOKS_LIKE_SMITHLAW = [
    "rosa@smith1aw.example",
    "rosa@smіthlaw.example",  # a Cyrillic i
    "rosa@smithlaw.example.evil.example",
    "rosa@mail.smithlaw.example",
    "rosa@smithlaw.examples",
    "rosa@smithlaw.example@evil.example",
    "smithlaw.example",
    "",
]


@pytest.fixture
def smith_law(db):
    return cast.organization("Smith Law", "law_firm", mail_domain="smithlaw.example")


@pytest.mark.parametrize(
    "email", ["ruth@smithlaw.example", " RUTH@SmithLaw.Example ", "r+x@smithlaw.example."]
)
def test_the_same_domain_finds_the_organization(smith_law, email):
    assert Organization.objects.at_domain(email) == smith_law


@pytest.mark.parametrize("email", LOOKS_LIKE_SMITHLAW)
def test_what_only_looks_like_it_finds_nothing(smith_law, email):
    assert Organization.objects.at_domain(email) is None


@pytest.mark.parametrize("domain", ANYBODY)
def test_a_free_domain_is_nobody_s(db, domain):
    cast.organization("Mail Law", "law_firm", mail_domain=domain.lower())
    assert mail_domains.of_organization(f"rosa@{domain}") == ""
    assert mail_domains.of_organization(f"rosa@mail.{domain}") == ""
    assert Organization.objects.at_domain(f"rosa@{domain}") is None


def test_a_patient_s_household_is_found_by_nobody(db):
    cast.organization("Aisha Rahman", "household", mail_domain="rahman.example")
    assert Organization.objects.at_domain("leo@rahman.example") is None


def test_an_organization_that_was_rejected_keeps_nobody_out(db):
    fake = Organization.found(name="Lakeside", kind="provider", mail_domain="lakeside.example")
    fake.reject(by=cast.SYSTEM, reason="Not theirs.")
    assert Organization.objects.at_domain("clara@lakeside.example") is None


@given(st.text(max_size=60))
def test_any_text_has_a_domain_in_ascii_or_none(text):
    domain = mail_domains.of(text)
    assert domain.isascii()
    assert domain == domain.lower()
    assert mail_domains.of_organization(text) in ("", domain)
