import pytest
from django.urls import reverse

from directory.models import Favorite

pytestmark = pytest.mark.django_db


def click(client, custodian, **post):
    return client.post(reverse("favorite_toggle", args=[custodian.pk]), post)


def test_a_click_stars_and_another_one_clears(as_, rosa, custodian):
    browser = as_(rosa)
    click(browser, custodian)
    assert list(rosa.person.favorites.values_list("custodian", flat=True)) == [custodian.pk]
    click(browser, custodian)
    assert not Favorite.objects.exists()


def test_a_star_is_one_persons_own(as_, rosa, ruth, custodian):
    click(as_(rosa), custodian)
    assert not ruth.person.favorites.exists()


def test_it_leads_back_to_where_it_was_clicked(as_, rosa, custodian):
    assert click(as_(rosa), custodian, next="/new/1/providers/?name=x").url == "/new/1/providers/?name=x"


def test_it_never_leads_to_another_site(as_, rosa, custodian):
    assert click(as_(rosa), custodian, next="https://evil.test/").url == "/"


def test_a_custodian_nobody_knows_is_404(as_, rosa):
    assert as_(rosa).post(reverse("favorite_toggle", args=[2**63])).status_code == 404


def test_anonymous_people_sign_in_first(client, custodian):
    assert "login" in click(client, custodian).url
    assert not Favorite.objects.exists()
