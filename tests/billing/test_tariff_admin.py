"""Ops make the next tariff of cancellations; the one before stays as it was (product 7.6)."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from billing.models import Tariff
from tests import cast
from tests.billing import purse

pytestmark = pytest.mark.django_db
ADD = "admin:billing_tariff_add"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel("2026-11-25T15:00:00Z"):
        yield


@pytest.fixture
def ops(client, olga):
    return purse.sign_in(client, type("As", (), {"person": olga}))


def sent(**changes):
    """What the form shows, sent back with `changes`."""
    kept = Tariff.objects.earliest("id").charged
    return {**kept, "valid_from": "01/01/2027", "note": "The agreement of 2027"} | changes


def test_the_next_tariff_holds_from_its_day(ops, olga):
    assert ops.post(reverse(ADD), sent(reopening="15.00", handling="0")).status_code == 302
    made = Tariff.objects.in_force(date(2027, 1, 1))
    assert (made.reopening, made.handling, made.made_by) == (Decimal("15.00"), Decimal("0.00"), olga)
    assert Tariff.objects.in_force(date(2026, 12, 31)).reopening == Decimal("10.00")


def test_the_form_begins_with_what_is_in_force(ops):
    page = ops.get(reverse(ADD)).content.decode()
    assert 'value="49.95"' in page
    assert "No source names this fee" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        *(
            {"base": typed}
            for typed in ("", "-0.01", "0.001", "1e3", "1e309", "NaN", "1,000.00", "٣.00", "10000")
        ),
        *({"pages_at_first_rate": typed} for typed in ("", "-1", "1.5", "x", str(2**63))),
        *({"valid_from": typed, "base": "1"} for typed in ("", "02/30/2027", "11/24/2026", "12/31/9999")),
        {"base": "1.00", "note": " "},
    ],
)
def test_what_is_wrong_or_changes_nothing_makes_no_tariff(ops, wrong):
    assert ops.post(reverse(ADD), sent(**wrong)).status_code == 422
    assert Tariff.objects.count() == 1


def test_a_second_click_makes_no_second_tariff(ops):
    for status in (302, 422):
        assert ops.post(reverse(ADD), sent(base="55.00")).status_code == status
    assert Tariff.objects.count() == 2


def test_the_list_says_which_is_in_force(ops):
    ops.post(reverse(ADD), sent(base="55.00"))
    page = ops.get(reverse("admin:billing_tariff_changelist")).content.decode()
    assert page.index("to come") < page.index("in force")


def test_one_is_read_with_all_it_asks_for(ops):
    pk = Tariff.objects.get().pk
    page = ops.get(reverse("admin:billing_tariff_change", args=[pk])).content.decode()
    assert "49.95" in page
    assert "Save" not in page


def test_nobody_edits_or_deletes_one(ops):
    pk = Tariff.objects.get().pk
    assert ops.post(reverse("admin:billing_tariff_change", args=[pk]), sent()).status_code == 403
    assert ops.post(reverse("admin:billing_tariff_delete", args=[pk]), {"post": "yes"}).status_code == 403


def test_who_may_only_read_can_t_make_one(client):
    reader = cast.staff("onno")
    reader.user_permissions.add(cast.right("billing.view_tariff"))
    browser = purse.sign_in(client, type("As", (), {"person": reader}))
    assert browser.get(reverse("admin:billing_tariff_changelist")).status_code == 200
    assert browser.get(reverse(ADD)).status_code == 403
    assert browser.post(reverse(ADD), sent(base="55.00")).status_code == 403


def test_it_asks_for_a_fresh_sign_in(client, olga):
    client.force_login(olga)
    assert "reauthenticate" in client.get(reverse(ADD))["Location"]
