"""Whatever is set, lowered, raised, priced anew and clicked, in any order: nobody is charged above their word."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.models import MoveRefused
from billing import paying
from billing.models import CardAgreement, Ceiling, Invoice, Payment
from tests.requests_app.charging.conftest import card_of, work

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])

dollars = st.decimals("0.01", "300.00", places=2)
ceilings = st.none() | dollars
steps = st.lists(
    st.one_of(
        st.tuples(st.just("ceiling"), ceilings),
        st.tuples(st.just("price"), dollars),
        st.tuples(st.just("agree"), dollars),
        st.tuples(st.just("work"), st.none()),
    ),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ceilings, up_to=dollars, steps=steps)
def test_a_charge_stays_within_word_and_ceiling(rosa, request_of, price, first, up_to, steps):
    with transaction.atomic(), transaction.atomic(using="sandbox"):
        Ceiling.put(rosa.organization, first, by=rosa)
        card = card_of(rosa)
        one = request_of(rosa, card, up_to=str(up_to))
        for step, amount in steps:
            one.refresh_from_db()
            word, ceiling = one.batch.card_agreement.up_to, Ceiling.of(rosa.organization)
            before = set(Payment.objects.values_list("pk", flat=True))
            _do(step, amount, one, rosa, card, price)
            for payment in Payment.objects.exclude(pk__in=before):
                assert ceiling is not None
                assert payment.amount <= min(word, ceiling)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="sandbox")


def _do(step, amount, one, rosa, card, price):
    if step == "ceiling":
        Ceiling.put(rosa.organization, amount, by=rosa)
    elif step == "price" and one.state == "priced":
        Invoice.objects.withdraw(one, by=rosa)
        price(one, str(amount))
    elif step == "agree":
        one.batch.card_agreement = CardAgreement.objects.create(
            organization=rosa.organization, person=rosa.person, card=card, up_to=amount
        )
        one.batch.save(update_fields=["card_agreement", "updated_at"])
    elif step == "work":
        work(days=30)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seen=dollars, now=dollars)
def test_a_click_never_pays_more_than_it_saw(rosa, request_of, price, seen, now):
    with transaction.atomic(), transaction.atomic(using="sandbox"):
        invoice = price(request_of(rosa), str(seen))
        Invoice.objects.filter(pk=invoice.pk).update(total=now)
        try:
            paying.pay(invoice, card_of(rosa), rosa)
        except MoveRefused:
            assert now > seen or now < paying.LEAST_BY_CARD
        assert all(payment.amount <= seen for payment in Payment.objects.all())
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="sandbox")


def test_the_amount_is_a_decimal_to_the_cent(pat, request_of, price):
    price(request_of(pat, card_of(pat)), "99.99")
    work()
    assert Payment.objects.get().amount == Decimal("99.99")
