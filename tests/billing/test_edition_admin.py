"""Ops revise one schedule; a new edition holds from the day they say, the old one stays (product 7.2)."""

from datetime import date

import pytest
from django.urls import reverse

from billing.admin.schedule_form import ScheduleForm
from billing.models import Edition
from tests import cast
from tests.billing import purse

pytestmark = pytest.mark.django_db
CODE = "ga-general"


@pytest.fixture
def ops(client, olga):
    return purse.sign_in(client, type("As", (), {"person": olga}))


def address(name="revise", **more):
    edition = Edition.objects.get()
    return reverse(f"admin:billing_edition_{name}", args=[edition.pk, *([CODE] if name == "revise" else [])])


def sent(**changes):
    """What the form of Georgia's schedule shows, sent back with `changes`."""
    edition = Edition.objects.get()
    form = ScheduleForm(edition, edition.row(CODE))
    said = {name: form.get_initial_for_field(field, name) or "" for name, field in form.fields.items()}
    return said | {"effective_on": "01/01/2027", "why": "HB 12"} | changes


def test_a_revision_is_a_new_edition_from_its_day(ops):
    assert ops.post(address(), sent(base_fee="30.00")).status_code == 302
    made = Edition.objects.in_force(date(2027, 1, 1))
    assert (made.changed_codes, made.note) == ([CODE], "HB 12")
    assert made.row(CODE)["base_fee"] == "30.00"
    assert Edition.objects.in_force(date(2026, 12, 31)).row(CODE)["base_fee"] != "30.00"


def test_the_form_shows_what_is_in_force(ops):
    row = Edition.objects.get().row(CODE)
    page = ops.get(address()).content.decode()
    assert row["citation"] in page
    assert f"1-{row['tiers'][0]['to']}: {row['tiers'][0]['rate']}" in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"base_fee": "NaN"},
        {"base_fee": "-1.00"},
        {"base_fee": "1e3"},
        {"max_total": "1,000.00"},
        {"base_fee": "٣.00"},
        {"tiers": "1-20"},
        {"tiers": "1-20: 0.97\n30-: 0.50"},
        {"base_includes_pages": "-3"},
        {"effective": "soon"},
        {"effective_on": "02/30/2027"},
        {"why": ""},
        {"requestors": []},
        {},
    ],
)
def test_what_is_wrong_or_changes_nothing_makes_no_edition(ops, wrong):
    answer = ops.post(address(), sent(**wrong))
    assert answer.status_code == 422
    assert Edition.objects.count() == 1


def test_schedules_past_their_index_date_come_first_and_are_counted(ops):
    page = ops.get(address("schedules")).content.decode()
    assert "The law resets these figures" in page.partition("<tr>")[2].partition("</tbody>")[0][:20000]
    assert "Fee schedules to look at" in ops.get(reverse("admin:index")).content.decode()


def test_who_may_only_read_can_t_revise(client):
    reader = cast.staff("onno")
    reader.user_permissions.add(cast.right("billing.view_edition"))
    browser = purse.sign_in(client, type("As", (), {"person": reader}))
    assert browser.get(address("schedules")).status_code == 200
    assert browser.get(address()).status_code == 403
    assert browser.post(address(), sent(base_fee="30.00")).status_code == 403


def test_a_revision_asks_for_a_fresh_sign_in(client, olga):
    client.force_login(olga)
    assert "reauthenticate" in client.get(address())["Location"]
