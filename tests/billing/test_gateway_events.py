import json
from datetime import timedelta
from decimal import Decimal

import pytest
import stripe
from django.conf import settings
from django.utils import timezone

from billing import gateway
from sandbox import bank
from sandbox.models import Event
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def signed(body, *, secret=None, at=None):
    moment = int((at or timezone.now()).timestamp())
    secret = secret or settings.STRIPE_WEBHOOK_SECRET
    return stripe.WebhookSignature.generate_signature_header(body, secret, timestamp=moment)


@pytest.fixture
def paid():
    return teller.charge(teller.saved_card())


@pytest.fixture
def body(paid):
    return json.dumps(Event.objects.get(type="payment_intent.succeeded").body)


def test_a_signed_event_is_read_as_a_hint(body, paid):
    event = gateway.read_event(body.encode(), signed(body))
    assert (event.type, event.object_id) == ("payment_intent.succeeded", paid.intent_id)
    assert event.created.tzinfo is not None


@pytest.mark.parametrize("signature", ["", "nonsense", "t=1,v1=00", "t=x,v1=00", "v1=00"])
def test_an_unsigned_event_is_not_read(body, signature):
    with pytest.raises(gateway.BadSignature):
        gateway.read_event(body.encode(), signature)


def test_another_secret_is_not_believed(body):
    with pytest.raises(gateway.BadSignature):
        gateway.read_event(body.encode(), signed(body, secret="whsec_guess"))


def test_one_changed_cent_breaks_the_signature(body):
    signature = signed(body)
    with pytest.raises(gateway.BadSignature):
        gateway.read_event(body.replace("2000", "2001").encode(), signature)


def test_a_signature_of_yesterday_is_not_believed(body):
    signature = signed(body, at=timezone.now() - timedelta(days=1))
    with pytest.raises(gateway.BadSignature):
        gateway.read_event(body.encode(), signature)


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", "not json", '{"id":"evt_1","object":"event"}'])
def test_a_signed_body_that_is_no_event_is_refused(text):
    with pytest.raises(gateway.BadSignature):
        gateway.read_event(text.encode(), signed(text))


def test_bytes_that_are_no_text_are_refused():
    with pytest.raises(gateway.BadSignature):
        gateway.read_event(b"\xff\xfe", "t=1,v1=00")


def test_without_a_secret_of_ours_nothing_is_believed(body, settings):
    signature = signed(body, secret="x")
    settings.STRIPE_WEBHOOK_SECRET = ""
    with pytest.raises(gateway.BadSignature):
        gateway.read_event(body.encode(), signature)


def test_what_an_event_is_about_can_be_fetched(paid):
    back = gateway.refund(key="back", amount=Decimal("1.00"), charge_id=paid.charge_id)
    dispute = bank.open_dispute(paid.charge_id)
    assert gateway.fetch(paid.intent_id).state == "succeeded"
    assert gateway.fetch(paid.charge_id).is_disputed
    assert gateway.fetch(back.refund_id).amount == Decimal("1.00")
    assert gateway.fetch(dispute.id).amount == Decimal("19.00")


def test_kinds_that_mean_nothing_here_are_left_alone():
    assert gateway.fetch("acct_1") is None
