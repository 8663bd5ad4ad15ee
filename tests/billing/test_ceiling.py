"""An organization's own ceiling, in "My Organization": empty means that its people are always asked."""

from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import Activity
from billing.models import Ceiling
from tests.billing import purse

pytestmark = pytest.mark.django_db
BAD = ["-0.01", "0", "0.001", "1e9", "1e309", "NaN", "1,000.00", "１００", "٣", "Infinity", "10000000"]


@pytest.fixture
def go(client, rosa):
    purse.sign_in(client, rosa)
    return lambda amount: client.post(reverse("ceiling"), {"amount": amount})


def test_it_is_kept_and_stands_in_the_activity(go, rosa):
    assert go("250.00").status_code == 302
    assert Ceiling.of(rosa.organization) == Decimal("250.00")
    assert Activity.objects.of(rosa.organization).get(event="ceiling_set").details == {"amount": "250.00"}


def test_empty_takes_it_away(go, rosa):
    go("250.00")
    go("")
    assert Ceiling.of(rosa.organization) is None


def test_the_same_again_changes_nothing(go, rosa):
    for _time in range(2):
        go("250.00")
    assert Activity.objects.of(rosa.organization).filter(event="ceiling_set").count() == 1


@pytest.mark.parametrize("amount", BAD)
def test_a_bad_amount_is_an_error_next_to_the_field_and_stays_typed(go, rosa, amount):
    answer = go(amount)
    assert answer.status_code == 422
    assert answer.context["form"].errors["amount"]
    assert answer.context["form"]["amount"].value() == amount
    assert Ceiling.of(rosa.organization) is None


def test_it_needs_a_fresh_sign_in(as_, rosa):
    assert "reauthenticate" in as_(rosa).post(reverse("ceiling"), {"amount": "1.00"}).url
    assert Ceiling.of(rosa.organization) is None


def test_my_organization_shows_it_and_the_cards(client, rosa, go, db):
    go("250.00")
    page = client.get(reverse("my_organization")).content.decode()
    assert "$250.00" in page
    assert "Credit cards" in page


def test_a_patient_s_is_250(pat_home):
    assert Ceiling.of(pat_home) == Decimal("250.00")


@pytest.fixture
def pat_home(db):
    from tests import cast

    return cast.organization("Pat Example", "household")
