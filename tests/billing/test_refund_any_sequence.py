"""Asked, decided, paid, lost, disputed in any order: never more back than was paid, and the books balance."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import MoveRefused
from billing.invariants import violations
from billing.models import LedgerEntry, Refund
from chartrequest.days import business_day
from outbox.models import Job
from outbox.queue import run_due
from sandbox import bank
from sandbox import models as at_bank
from sandbox.bank import faults, refunds
from tests.billing import paid, purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Refund.State

cents = st.integers(min_value=1, max_value=20000).map(lambda one: Decimal(one) / 100)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("ask"), cents),
        st.tuples(st.sampled_from(["approve", "deny", "send_check", "again"]), cents),
        st.tuples(st.sampled_from(["pay", "lose", "break", "hear", "dispute"]), st.just(None)),
    ),
    min_size=1,
    max_size=12,
)


def step(name, amount, invoice, rosa, olga):
    one = Refund.objects.filter(state__in=Refund.OPEN).order_by("?").first()
    if name == "ask":
        paid.ask(invoice, rosa, amount)
    elif name == "approve" and one:
        one.approve(by=olga, amount=min(amount, one.amount))
    elif name == "deny" and one:
        one.deny(by=olga, ground=Refund.Ground.AS_ORDERED)
    elif name == "send_check" and one:
        one.send_check(by=olga, number="7", sent_on=business_day())
    elif name == "again" and one:
        one.again(by=olga, by_check=amount > 100)
    elif name == "pay":
        Job.objects.filter(kind="billing.pay_out").exclude(state="done").update(
            state="waiting", due_at=invoice.settled_at
        )
        run_due(kind="billing.pay_out")
    elif name == "lose":
        faults.break_next(faults.TIMEOUT_AFTER, path="refunds")
    elif name == "break":
        for promised in at_bank.Refund.objects.filter(status="pending"):
            refunds.settle(promised.id)
    elif name == "hear":
        bank.deliver_events()
        run_due(kind="billing.handle_event")
    elif name == "dispute" and not at_bank.Dispute.objects.exists():
        charge = at_bank.Charge.objects.get()
        if charge.amount > charge.amount_refunded:
            bank.open_dispute(charge.id)


@pytest.mark.parametrize("number", [purse.GOOD, "4000000000005126"], ids=["keeps", "breaks"])
@given(steps=STEPS)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence(steps, number, invoice, rosa, olga):
    with transaction.atomic(), transaction.atomic(using="sandbox"):
        paid.by_card(invoice, purse.card(rosa, number), rosa)
        for name, amount in steps:
            try:
                step(name, amount, invoice, rosa, olga)
            except MoveRefused:
                pass
            payment = invoice.payments.get()
            asked = [one.sum for one in Refund.objects.exclude(state=State.DENIED)]
            assert sum(asked) <= invoice.total
            assert 0 <= payment.refunded <= payment.amount
            assert sum(LedgerEntry.objects.values_list("amount", flat=True)) == 0
        assert list(violations()) == []
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="sandbox")
    invoice.refresh_from_db()
