import pytest
from django.urls import reverse

from directory.models import Favorite

pytestmark = pytest.mark.django_db


def test_a_patient_s_and_a_firm_s_favorites_are_listed_and_the_star_takes_one_out(
    as_, rosa, aisha, custodian
):
    for member, heading in ((rosa, "Favorite custodians"), (aisha, "Favorite care providers")):
        Favorite.toggle(member.person, custodian)
        browser = as_(member)
        page = browser.get(reverse("my_account")).content.decode()
        assert heading in page
        assert custodian.name in page
        answer = browser.post(
            reverse("favorite_toggle", args=[custodian.pk]), {"next": reverse("my_account")}
        )
        assert answer.headers["Location"] == reverse("my_account")
        assert custodian.name not in browser.get(reverse("my_account")).content.decode()


def test_nobody_sees_somebody_else_s(as_, rosa, ruth, custodian):
    Favorite.toggle(ruth.person, custodian)
    assert custodian.name not in as_(rosa).get(reverse("my_account")).content.decode()


def test_a_practice_which_only_answers_has_none(as_, clara):
    assert "Favorite" not in as_(clara).get(reverse("my_account")).content.decode()


def test_payment_methods_are_a_patient_s(as_, aisha, rosa):
    assert "Payment methods" in as_(aisha).get(reverse("my_account")).content.decode()
    assert "Payment methods" not in as_(rosa).get(reverse("my_account")).content.decode()
