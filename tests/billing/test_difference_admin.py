"""Ops find what the bank and the ledger say otherwise, with what to do, and close it with a sentence."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from billing.models import BankDay, Difference
from outbox.models import Job
from tests import cast
from tests.access.bad import TEXTS
from tests.billing import purse

pytestmark = pytest.mark.django_db
LIST = "admin:billing_difference_changelist"


@pytest.fixture
def ops(client, olga):
    return purse.sign_in(client, type("As", (), {"person": olga}))


@pytest.fixture
def difference():
    return Difference.objects.create(
        day=date(2026, 11, 24),
        kind=Difference.Kind.NOT_OURS,
        reference="charge:ch_1",
        theirs=Decimal("20.00"),
        currency="usd",
        seen_at=timezone.now(),
    )


def close(browser, difference, why):
    return browser.post(reverse("admin:billing_difference_close", args=[difference.pk]), {"why": why})


def test_it_is_counted_among_what_waits(ops, difference):
    page = ops.get(reverse("admin:index")).content.decode()
    row = page[page.index("Differences with the bank") :]
    assert "<td>1</td>" in row[: row.index("</tr>")]


def test_its_page_says_what_to_do(ops, difference):
    page = ops.get(reverse("admin:billing_difference_change", args=[difference.pk])).content.decode()
    assert "Nobody here made this" in page


@pytest.mark.parametrize("kind", Difference.Kind.values)
def test_each_kind_says_what_to_do(kind):
    assert len(Difference(kind=kind).what_to_do) > 50


def test_closing_it_keeps_who_and_why(ops, olga, difference):
    assert close(ops, difference, "Paid back at the bank.").status_code == 302
    difference.refresh_from_db()
    assert (difference.closed_by, difference.closed_why) == (olga, "Paid back at the bank.")
    ops.get(reverse(LIST))  # says once that it is closed
    assert "ch_1" not in ops.get(reverse(LIST), {"standing": "open"}).content.decode()
    assert "Paid back at the bank." in ops.get(reverse(LIST), {"standing": "closed"}).content.decode()


@pytest.mark.parametrize("what", ["empty", "spaces", "NUL", "a turned reading order", "a million characters"])
def test_without_a_sentence_it_stays(ops, difference, what):
    assert close(ops, difference, TEXTS[what]).status_code == 422
    difference.refresh_from_db()
    assert difference.closed_at is None


def test_two_close_it_once(ops, difference):
    close(ops, difference, "First.")
    close(ops, difference, "Second.")
    difference.refresh_from_db()
    assert difference.closed_why == "First."


def test_who_may_only_read_closes_none(client, difference):
    reader = cast.staff("onno")
    reader.user_permissions.add(cast.right("billing.view_difference"))
    browser = purse.sign_in(client, type("As", (), {"person": reader}))
    assert browser.get(reverse(LIST)).status_code == 200
    assert close(browser, difference, "Mine.").status_code == 403


def test_a_day_can_be_compared_again(ops):
    day = BankDay.objects.create(day=date(2026, 11, 24))
    sent = {"action": "compare_again", "_selected_action": [day.pk]}
    assert ops.post(reverse("admin:billing_bankday_changelist"), sent).status_code == 302
    assert Job.objects.get(kind="billing.compare_day").ids == {"day": "2026-11-24"}
