"""One page for what is one's own: "My Account", for patients "Profile" (product 2.11)."""

import pytest
from django.urls import reverse

from accounts import sections

pytestmark = pytest.mark.django_db


def test_a_professional_sees_my_account(as_, rosa):
    page = as_(rosa).get(reverse("my_account")).content.decode()
    assert "<h1>My Account</h1>" in page
    assert rosa.person.email in page
    assert "Basic Information" not in page
    assert "Birth date" not in page


def test_a_patient_sees_the_profile_with_basic_information(as_, aisha):
    page = as_(aisha).get(reverse("my_account")).content.decode()
    assert "<h1>Profile</h1>" in page
    assert "Basic Information" in page
    assert "Birth date" in page


def test_ops_have_one_too(as_, olga, client):
    client.force_login(olga)
    assert "<h1>My Account</h1>" in client.get(reverse("my_account")).content.decode()


def test_who_is_not_signed_in_is_asked_to(client):
    answer = client.get(reverse("my_account"))
    assert answer.headers["Location"].startswith(reverse("account_login"))


def test_the_parts_stand_in_their_order(rf, rosa):
    request = rf.get("/")
    request.user, request.member = rosa.person, rosa
    orders = [one.order for one, _facts in sections.of(sections.ACCOUNT, request)]
    assert orders == sorted(orders)
    assert len(orders) > 3


def test_a_part_s_words_are_escaped(as_, rosa):
    rosa.person.first_name = "<b>Ro</b>"
    rosa.person.save()
    page = as_(rosa).get(reverse("my_account")).content.decode()
    assert "<b>Ro</b>" not in page
    assert "&lt;b&gt;Ro" in page
