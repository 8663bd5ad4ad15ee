"""What others charged for a request stands on the bill of its cancellation, as they charged it (product 7.6)."""

from decimal import Decimal

import pytest
from django.urls import reverse

from audit.models import MoveRefused
from billing import cancellation
from billing.models import IncurredFee
from requests_app.models import State
from requests_app.tracking import abandoning, incurring
from tests import cast, stage
from tests.billing import purse

pytestmark = pytest.mark.django_db
D = Decimal
ADD = "admin:billing_incurredfee_add"


@pytest.fixture
def incur(pending, olga):
    return lambda amount="12.34", kind="own_fees": incurring.incur(
        pending, kind=kind, amount=D(amount), note="Bill 77", by=olga
    )


@pytest.fixture
def ops(client, olga):
    return purse.sign_in(client, type("As", (), {"person": olga}))


def lines(record_request):
    return {line["code"]: line["amount"] for line in abandoning.cost(record_request).lines}


def test_each_kind_is_a_line_of_its_own(pending, incur):
    incur("12.34"), incur("0.66"), incur("1.50", "bank_fee")
    assert lines(pending)["own_fees"] == "13.00"
    assert lines(pending)["bank_fee"] == "1.50"
    assert abandoning.cost(pending).total == D("52.95") + D("14.50")


def test_a_fee_between_looking_and_clicking_asks_again(pending, incur, rosa):
    shown = str(abandoning.cost(pending).total)
    incur()
    with pytest.raises(abandoning.CostChanged):
        abandoning.end(pending, by=rosa, agreed=shown)
    pending.refresh_from_db()
    assert pending.state == State.PENDING


def test_it_is_billed_and_can_be_reckoned_again(pending, incur, rosa):
    incur()
    abandoning.end(pending, by=rosa, agreed=str(abandoning.cost(pending).total))
    quote = pending.invoices.get().quote
    assert quote.total == D("65.29")
    assert cancellation.again(quote).lines == quote.lines


def test_a_mistake_is_withdrawn_and_no_longer_charged(pending, incur, olga):
    incurring.withdraw(incur(), by=olga)
    assert "own_fees" not in lines(pending)
    with pytest.raises(MoveRefused):
        incurring.withdraw(IncurredFee.objects.get(), by=olga)


def test_what_was_billed_is_not_withdrawn_any_more(pending, incur, rosa, olga):
    fee = incur()
    abandoning.end(pending, by=rosa, agreed=str(abandoning.cost(pending).total))
    with pytest.raises(MoveRefused):
        incurring.withdraw(fee, by=olga)


def test_care_coordination_is_never_charged(clara, olga):
    other = cast.custodian(cast.organization("Riverbend Clinic", "provider"), name="Riverbend Clinic")
    own = stage.draft(clara, other)
    own.submit(by=clara)
    with pytest.raises(MoveRefused, match="pay nothing"):
        incurring.incur(own, kind="own_fees", amount=D("1.00"), note="x", by=olga)


def sent(record_request, **changes):
    said = {"request_id": str(record_request), "kind": "own_fees", "amount": "12.34", "note": "Bill 77"}
    return said | changes


def test_ops_write_it_down(ops, pending, olga):
    assert ops.post(reverse(ADD), sent(pending)).status_code == 302
    fee = IncurredFee.objects.get()
    assert (fee.record_request, fee.amount, fee.recorded_by) == (pending, D("12.34"), olga)


@pytest.mark.parametrize(
    "wrong",
    [
        {"request_id": "0000-0000-00"},
        {"request_id": ""},
        {"kind": "tip"},
        {"note": " "},
        *({"amount": typed} for typed in ("", "0", "-1", "0.001", "1e9", "NaN", "1,000.00", "٣")),
    ],
)
def test_what_is_wrong_is_not_written_down(ops, pending, wrong):
    assert ops.post(reverse(ADD), sent(pending, **wrong)).status_code == 422
    assert not IncurredFee.objects.exists()


def test_a_request_that_bills_nothing_is_said_beside_its_field(ops, draft):
    answer = ops.post(reverse(ADD), sent(draft))
    assert answer.status_code == 422
    assert "ending it costs nothing" in answer.content.decode()


def test_ops_withdraw_it(ops, incur):
    sent_ = {"action": "withdraw", "_selected_action": [incur().pk]}
    ops.post(reverse("admin:billing_incurredfee_changelist"), sent_)
    assert IncurredFee.objects.get().withdrawn_at


def test_who_may_only_read_writes_none(client, pending):
    reader = cast.staff("onno")
    reader.user_permissions.add(cast.right("billing.view_incurredfee"))
    browser = purse.sign_in(client, type("As", (), {"person": reader}))
    assert browser.post(reverse(ADD), sent(pending)).status_code == 403
