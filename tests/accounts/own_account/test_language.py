import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_who_signed_in_reads_in_their_own_language(as_, rosa):
    browser = as_(rosa)
    assert (
        '<html lang="en">'
        in browser.get(reverse("my_account"), headers={"accept-language": "es"}).content.decode()
    )
    said = {"first_name": "Rosa", "last_name": "Diaz", "language": "es", "time_zone": ""}
    browser.post(reverse("account_name"), said)
    assert (
        '<html lang="es">'
        in browser.get(reverse("my_account"), headers={"accept-language": "en"}).content.decode()
    )


def test_the_next_person_is_not_answered_in_it(client, rosa, ruth):
    rosa.person.language = "es"
    rosa.person.save()
    client.force_login(rosa.person)
    client.get(reverse("my_account"))
    client.logout()
    assert '<html lang="en">' in client.get(reverse("account_login")).content.decode()
