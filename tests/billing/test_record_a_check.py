"""Ops record a check: exact settles; short, over and unknown wait in the queue and are never lost."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import MoveRefused
from billing import resolving
from billing.models import CheckPayment, LedgerEntry

Standing = CheckPayment.Standing
ADD = "admin:billing_checkpayment_add"


@pytest.fixture
def ops(client, olga):
    client.force_login(olga)
    return client


def record(ops, invoice, **said):
    typed = {
        "invoice_number": invoice.number if invoice else "",
        "number": "1001",
        "amount": f"{invoice.total if invoice else 20:.2f}",
        "dated_on": "11/02/2025",
        "payer": "",
    } | said
    return ops.post(reverse(ADD), typed)


def balance(account):
    return sum(LedgerEntry.objects.filter(account=account).values_list("amount", flat=True))


def test_the_exact_sum_settles_and_orders(ops, invoice, priced):
    assert record(ops, invoice).status_code == 302
    priced.refresh_from_db()
    assert CheckPayment.objects.get().standing == Standing.APPLIED
    assert priced.state == "ordered"


def test_the_books_hold_it(ops, invoice):
    record(ops, invoice)
    assert (balance("bank_check"), balance("receivable"), balance("unapplied")) == (invoice.total, 0, 0)


@pytest.mark.parametrize(("off", "standing"), [("-0.01", Standing.SHORT), ("0.01", Standing.OVER)])
def test_another_sum_waits_in_the_queue(ops, invoice, priced, off, standing):
    amount = invoice.total + Decimal(off)
    record(ops, invoice, amount=f"{amount:.2f}")
    priced.refresh_from_db()
    assert (CheckPayment.objects.get().standing, priced.state) == (standing, "priced")
    assert balance("unapplied") == -amount


def test_the_rest_settles_together_with_the_short_one(ops, invoice, priced):
    record(ops, invoice, amount="10.00")
    record(ops, invoice, amount=f"{invoice.total - 10:.2f}", number="1002")
    priced.refresh_from_db()
    assert priced.state == "ordered"
    assert set(CheckPayment.objects.values_list("standing", flat=True)) == {Standing.APPLIED}
    assert (balance("receivable"), balance("unapplied")) == (0, 0)


def test_a_second_check_for_a_paid_invoice_is_kept(ops, invoice):
    record(ops, invoice)
    record(ops, invoice, number="1002")
    assert CheckPayment.objects.get(number="1002").standing == Standing.NOT_OPEN


def test_nobody_s_check_is_kept_with_its_payer(ops, db):
    record(ops, None, payer="Dewey & Howe")
    assert CheckPayment.objects.get().standing == Standing.UNKNOWN


def test_nobody_s_check_needs_a_payer(ops, db):
    answer = record(ops, None)
    assert answer.context["adminform"].form.errors["payer"]
    assert not CheckPayment.objects.exists()


def test_the_queue_shows_what_waits(ops, invoice):
    record(ops, invoice, amount="10.00")
    page = ops.get(reverse("admin:billing_checkpayment_changelist"), {"queue": "open"})
    assert "1001" in page.content.decode()


def test_the_same_check_twice_is_refused(ops, invoice):
    record(ops, invoice, amount="10.00")
    assert "recorded already" in record(ops, invoice, amount="10.00").content.decode()
    assert CheckPayment.objects.count() == 1


def test_nobody_s_check_is_recorded_once_too(ops, db):
    record(ops, None, payer="Dewey & Howe")
    answer = record(ops, None, payer="Dewey & Howe")
    assert (answer.status_code, "recorded already" in answer.content.decode()) == (422, True)
    assert (CheckPayment.objects.count(), balance("bank_check")) == (1, 20)


def test_nor_is_it_recorded_anew_once_it_has_found_its_invoice(ops, invoice, olga):
    record(ops, None, payer="Dewey & Howe")
    resolving.assign(CheckPayment.objects.get(), invoice, by=olga)
    assert record(ops, None, payer="Dewey & Howe").status_code == 422
    assert CheckPayment.objects.count() == 1


def test_a_double_click_that_gets_past_the_form_is_told_by_the_database(ops, invoice, olga):
    said = {"number": "1", "amount": Decimal("5.00"), "dated_on": date(2025, 11, 2), "by": olga}
    for known in ({"invoice": invoice}, {"payer": "Dewey & Howe"}):
        CheckPayment.receive(**said, **known)
        with pytest.raises(MoveRefused, match="recorded already"):
            CheckPayment.receive(**said, **known)
    assert balance("bank_check") == 10


def test_a_check_for_what_can_t_be_ordered_any_more_is_kept_and_nothing_is_owed(ops, invoice, priced, rosa):
    priced.abandon(by=rosa)
    assert record(ops, invoice).status_code == 302
    invoice.refresh_from_db()
    assert (CheckPayment.objects.get().standing, invoice.state_word) == (Standing.NOT_OPEN, "void")
    assert (balance("unapplied"), balance("receivable")) == (-invoice.total, 0)


def test_an_unknown_number_is_an_error_next_to_its_field(ops, invoice):
    answer = record(ops, invoice, invoice_number="INV-0000-000000")
    assert "no such invoice" in answer.content.decode()
    assert not CheckPayment.objects.exists()


BAD = [
    "-0.01",
    "0",
    "0.00",
    "0.001",
    "1e9",
    "1e309",
    "NaN",
    "1,000.00",
    "１２.００",
    "٣",
    "",
    "Infinity",
    "10000000",
]


@pytest.mark.parametrize("amount", BAD)
def test_a_bad_amount_stores_nothing_and_keeps_what_was_typed(ops, invoice, amount):
    answer = record(ops, invoice, amount=amount)
    assert answer.status_code == 422
    assert answer.context["adminform"].form.errors["amount"]
    assert answer.context["adminform"].form["number"].value() == "1001"
    assert not CheckPayment.objects.exists()


@pytest.mark.parametrize("day", ["31/04/2025", "02/30/2025", "", "01/01/0001", "12/31/9999", "tomorrow"])
def test_a_bad_day_stores_nothing(ops, invoice, day):
    assert record(ops, invoice, dated_on=day).context["adminform"].form.errors["dated_on"]
    assert not CheckPayment.objects.exists()


@pytest.mark.parametrize(
    "name", ["invoice", "payment", "quote", "ledgertransaction", "bankevent", "checkpayment", "card"]
)
def test_ops_read_and_never_write(ops, invoice, name):
    assert ops.get(reverse(f"admin:billing_{name}_changelist")).status_code == 200
    if name != "checkpayment":
        assert ops.get(reverse(f"admin:billing_{name}_add")).status_code == 403


def test_an_invoice_leads_to_its_check(ops, invoice):
    page = ops.get(reverse("admin:billing_invoice_change", args=[invoice.pk])).content.decode()
    assert f"{reverse(ADD)}?invoice_number={invoice.number}" in page
    form = ops.get(reverse(ADD), {"invoice_number": invoice.number}).content.decode()
    assert invoice.number in form


def test_members_don_t_get_in(client, rosa, invoice):
    client.force_login(rosa.person)
    assert client.get(reverse(ADD)).status_code == 302
