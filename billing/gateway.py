"""The only module that speaks to Stripe. Plain values in, plain values out; it touches no table.

Money is a Decimal of dollars here and whole cents there; nothing is rounded. Every call that changes
something takes the idempotency key of the caller's attempt row, and the key is also kept in the object's
metadata, so that an unknown outcome is settled by asking (`find_charge`, `find_refund`), never by a new key.
Descriptions and references go to Stripe: ids only, no health information.
"""

from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache, wraps
from hashlib import sha256
from math import ceil

import stripe
from csp.decorators import csp_update
from django.conf import settings
from django.templatetags.static import static
from django.utils.module_loading import import_string

from billing.outcomes import (
    BadSignature,
    CardFacts,
    ChargeLine,
    ChargeOutcome,
    Dispute,
    Event,
    GatewayError,
    GatewayRefused,
    Movement,
    PageConfig,
    RefundOutcome,
    Setup,
    SetupState,
    TryLater,
    UnknownOutcome,
    decline_sentence,
    refund_sentence,
)

__all__ = [
    "BadSignature",
    "CardFacts",
    "ChargeLine",
    "ChargeOutcome",
    "Dispute",
    "Event",
    "GatewayError",
    "GatewayRefused",
    "Movement",
    "PageConfig",
    "RefundOutcome",
    "Setup",
    "SetupState",
    "TryLater",
    "UnknownOutcome",
]

CURRENCY = "usd"
UNKNOWN_THERE = "resource_missing"  # the code of a GatewayRefused: the bank has no such object
LARGEST_AMOUNT = Decimal("999999.99")  # Stripe takes at most eight digits of cents
CONNECT_SECONDS, READ_SECONDS = 5, 30
_ORIGIN = "https://js.stripe.com"


# Pages -------------------------------------------------------------------------------------------
def page_config():
    """The public key, and the script that draws the card field (Stripe's own, or the sandbox's)."""
    script = static(settings.SANDBOX_BANK_SCRIPT) if settings.SANDBOX_BANK else _stripe_script()
    return PageConfig(publishable_key=settings.STRIPE_PUBLISHABLE_KEY, script_url=script)


def _stripe_script():
    """Stripe.js of the release that belongs to the library's API version."""
    return f"{_ORIGIN}/{stripe.api_version.partition('.')[2]}/stripe.js"


def card_page(view):
    """Lets a view's page load Stripe's script and frames; with the sandbox bank nothing foreign is let in."""
    foreign = {
        "script-src": [_ORIGIN, "https://*.js.stripe.com"],
        "frame-src": [_ORIGIN, "https://*.js.stripe.com", "https://hooks.stripe.com"],
        "connect-src": ["https://api.stripe.com"],
    }
    opened = csp_update(foreign)(view)

    @wraps(view)
    def chosen(request, *args, **kwargs):
        return (view if settings.SANDBOX_BANK else opened)(request, *args, **kwargs)

    return chosen


# Cards -------------------------------------------------------------------------------------------
def ensure_customer(*, reference, email, name):
    """The id of the customer with this reference, made once. `reference` is unique in the Stripe account."""
    with _answers():
        known = _client().v1.customers.list({"email": email, "limit": 100})
        for customer in known.auto_paging_iter():
            if _meta(customer).get("reference") == str(reference):
                return customer.id
        # The key carries the values: Stripe refuses one key with two bodies, and people change their email.
        key = f"customer-{sha256(f'{reference}|{email}|{name}'.encode()).hexdigest()}"
        made = _client().v1.customers.create(
            {"email": email, "name": name, "metadata": {"reference": reference}},
            {"idempotency_key": str(key)},
        )
        return made.id


def start_card_setup(customer_id, *, key):
    """Begin to save a card for later charges without its owner present; the page ends it."""
    with _answers():
        setup = _client().v1.setup_intents.create(
            {"customer": customer_id, "usage": "off_session", "payment_method_types": ["card"]},
            {"idempotency_key": str(key)},
        )
        return Setup(id=setup.id, client_secret=setup.client_secret)


def read_setup(setup_id):
    """What became of a setup: when succeeded, with the payment method that may now be charged."""
    with _answers():
        return _setup_state(_client().v1.setup_intents.retrieve(setup_id))


def card(payment_method_id):
    """Brand, last four, expiry, funding and fingerprint of a saved card."""
    with _answers():
        return _card_facts(_client().v1.payment_methods.retrieve(payment_method_id))


def forget_card(payment_method_id):
    """Detach a card; safe to repeat."""
    try:
        with _answers():
            _client().v1.payment_methods.detach(payment_method_id)
    except GatewayRefused:
        if card(payment_method_id).customer_id:
            raise


# Charges -----------------------------------------------------------------------------------------
def charge(*, key, amount, customer_id, payment_method_id, reference, description, off_session=False):
    """Charge a saved card once per `key`. A decline is an outcome, not an error.

    "requires_action": the page answers the bank with `client_secret`. When `decline_code` is then
    "authentication_required" (`off_session`: its owner wasn't there to be asked), first call `confirm_charge`
    on the same intent with the owner present. Raises UnknownOutcome, TryLater, GatewayRefused.
    """
    params = {
        "amount": to_cents(amount),
        "currency": CURRENCY,
        "customer": customer_id,
        "payment_method": payment_method_id,
        "payment_method_types": ["card"],
        "confirm": True,
        "off_session": bool(off_session),
        "description": description,
        "metadata": {"key": str(key), "reference": str(reference)},
        "expand": ["latest_charge"],
    }
    return _charged(lambda: _client().v1.payment_intents.create(params, {"idempotency_key": str(key)}))


def confirm_charge(*, key, intent_id, payment_method_id):
    """Try an intent again, with its owner present: after a decline, or to answer the bank's question."""
    params = {"payment_method": payment_method_id, "off_session": False, "expand": ["latest_charge"]}
    return _charged(
        lambda: _client().v1.payment_intents.confirm(intent_id, params, {"idempotency_key": str(key)})
    )


def cancel_charge(*, intent_id):
    """Make sure that an unpaid intent can't be paid any more; tells what it is if that is too late."""
    try:
        with _answers():
            _client().v1.payment_intents.cancel(intent_id)
    except GatewayRefused as refusal:
        if refusal.code != "payment_intent_unexpected_state":
            raise
    return find_charge(intent_id=intent_id)


def find_charge(*, intent_id=None, key=None, customer_id=None):
    """The charge as the bank has it now, or None: the bank never heard of it.

    Without an intent id it looks for the attempt's key among the customer's payments (lists are
    consistent at once; Stripe's search lags by a minute and must not decide about money).
    """
    expand = "latest_charge"
    with _answers():
        if intent_id:
            return _charge_outcome(_client().v1.payment_intents.retrieve(intent_id, {"expand": [expand]}))
        params = {"limit": 100, "expand": [f"data.{expand}"]}
        if customer_id:
            params["customer"] = customer_id
        found = _client().v1.payment_intents.list(params).auto_paging_iter()
        return next(
            (_charge_outcome(intent) for intent in found if _meta(intent).get("key") == str(key)), None
        )


# Refunds and disputes ----------------------------------------------------------------------------
def refund(*, key, amount, charge_id=None, intent_id=None):
    """Pay back once per `key`. More than is left of the charge: state "refused" with a sentence."""
    target = {"charge": charge_id} if charge_id else {"payment_intent": intent_id}
    params = {**target, "amount": to_cents(amount), "metadata": {"key": str(key)}}
    try:
        with _answers():
            return _refund_outcome(_client().v1.refunds.create(params, {"idempotency_key": str(key)}))
    except GatewayRefused as refusal:
        if not isinstance(refusal.__cause__, stripe.InvalidRequestError) or (
            refusal.code not in ("charge_already_refunded", "charge_disputed")
            and refusal.__cause__.param != "amount"
        ):
            raise
        return RefundOutcome(
            state="refused",
            amount=amount,
            charge_id=charge_id or "",
            intent_id=intent_id or "",
            sentence=refund_sentence(refusal.code),
            key=str(key),
        )


def find_refund(*, key, charge_id=None, intent_id=None):
    """The refund of this attempt as the bank has it, or None."""
    target = {"charge": charge_id} if charge_id else {"payment_intent": intent_id}
    with _answers():
        found = _client().v1.refunds.list({**target, "limit": 100}).auto_paging_iter()
        return next((_refund_outcome(one) for one in found if _meta(one).get("key") == str(key)), None)


# Movements ---------------------------------------------------------------------------------------
def list_movements(*, since=None, until=None, source=None):
    """Every Movement from `since` on and before `until` (aware), or of one `source`, newest first.

    Fees and payouts are the bank's own and left out.
    """
    params = {"limit": 100, "expand": ["data.source"]}
    if since or until:
        bounds = {"gte": since, "lt": until}
        params["created"] = {name: _second(moment) for name, moment in bounds.items() if moment}
    if source:
        params["source"] = source
    with _answers():
        for found in _client().v1.balance_transactions.list(params).auto_paging_iter():
            kind = _MOVES.get(found.reporting_category)
            if kind:
                yield _movement(found, kind)


_MOVES = {
    "charge": "charge",
    "refund": "refund",
    "refund_failure": "refund_failed",
    "dispute": "dispute",
    "dispute_reversal": "dispute_won",
}


# Events ------------------------------------------------------------------------------------------
def read_event(payload, signature):
    """Check who signed it, and read the hint. Raises BadSignature.

    An event is as old as it likes (it may have waited for days); its signature is at most five minutes old,
    since Stripe signs each delivery anew.
    """
    try:
        event = _client().construct_event(payload, signature, settings.STRIPE_WEBHOOK_SECRET)
        about = getattr(event.data.object, "id", None) or ""  # a balance has none
        return Event(id=event.id, type=event.type, object_id=str(about), created=_time(event.created))
    except (stripe.SignatureVerificationError, ValueError, AttributeError, KeyError, TypeError) as problem:
        raise BadSignature(code=type(problem).__name__) from problem


def fetch(object_id):
    """The present state of what an event spoke of, by its id; None for kinds that we don't keep."""
    read = _FETCH.get(object_id.partition("_")[0])
    if read is None:
        return None
    with _answers():
        return read(_client().v1, object_id)


_FETCH = {
    "pi": lambda bank, id: _charge_outcome(bank.payment_intents.retrieve(id, {"expand": ["latest_charge"]})),
    "ch": lambda bank, id: _charge_line(bank.charges.retrieve(id)),
    "re": lambda bank, id: _refund_outcome(bank.refunds.retrieve(id)),
    "pyr": lambda bank, id: _refund_outcome(bank.refunds.retrieve(id)),
    "seti": lambda bank, id: _setup_state(bank.setup_intents.retrieve(id)),
    "pm": lambda bank, id: _card_facts(bank.payment_methods.retrieve(id)),
    "dp": lambda bank, id: _dispute(bank.disputes.retrieve(id)),
    "du": lambda bank, id: _dispute(bank.disputes.retrieve(id)),
}


# Amounts -----------------------------------------------------------------------------------------
def to_cents(amount):
    """Whole cents of a Decimal of dollars; refuses anything that isn't exactly that and above zero."""
    if not isinstance(amount, Decimal) or not amount.is_finite():
        raise GatewayRefused(code="amount_invalid")
    if not Decimal(0) < amount <= LARGEST_AMOUNT or amount * 100 != int(amount * 100):
        raise GatewayRefused(code="amount_invalid")
    return int(amount * 100)


def to_dollars(cents):
    return (Decimal(cents) / 100).quantize(Decimal("0.01"))


# What Stripe says, in our words ------------------------------------------------------------------
_STATES = {
    "succeeded": "succeeded",
    "processing": "processing",
    "requires_action": "requires_action",
    "requires_payment_method": "declined",
    "canceled": "canceled",
}


def _charged(call):
    """A decline arrives as an error that carries the intent; here it becomes an outcome."""
    try:
        with _answers():
            return _charge_outcome(call())
    except GatewayRefused as refusal:
        body = getattr(refusal.__cause__, "json_body", None) or {}
        intent = body.get("error", {}).get("payment_intent")
        if not isinstance(refusal.__cause__, stripe.CardError) or not intent:
            raise
        # The intent in an error isn't expanded and may be older than its end: ask for it as it is.
        return find_charge(intent_id=intent["id"])


def _charge_outcome(intent):
    state, latest, failure = _STATES.get(intent.status), intent.latest_charge, intent.last_payment_error
    if state is None:
        raise UnknownOutcome(code=intent.status)
    code = ""
    if state == "declined" and failure:
        code = getattr(failure, "decline_code", None) or failure.code or ""
        if failure.code == "authentication_required" or code == "authentication_required":
            state, code = "requires_action", "authentication_required"
    return ChargeOutcome(
        state=state,
        intent_id=intent.id,
        amount=to_dollars(intent.amount),
        charge_id=_id(latest) if state in ("succeeded", "processing") else "",
        client_secret=intent.client_secret or "",
        decline_code=code,
        sentence=decline_sentence(code) if code else "",
        reference=_meta(intent).get("reference", ""),
        key=_meta(intent).get("key", ""),
    )


def _charge_line(found):
    return ChargeLine(
        id=found.id,
        intent_id=_id(found.payment_intent),
        amount=to_dollars(found.amount_captured),
        refunded=to_dollars(found.amount_refunded),
        created=_time(found.created),
        reference=_meta(found).get("reference", ""),
        is_disputed=found.disputed,
    )


def _movement(found, kind):
    source = found.source
    asked_in = getattr(source, "currency", None) or found.currency
    return Movement(
        id=found.id,
        kind=kind,
        source=_id(source),
        amount=to_dollars(found.amount),
        currency=asked_in,
        created=_time(found.created),
        charge_id=_id(source) if kind == "charge" else _id(getattr(source, "charge", None)),
        reference=_meta(source).get("reference", ""),
        key=_meta(source).get("key", ""),
    )


def _refund_outcome(found):
    return RefundOutcome(
        state={"requires_action": "pending"}.get(found.status, found.status),
        amount=to_dollars(found.amount),
        refund_id=found.id,
        charge_id=_id(found.charge),
        intent_id=_id(found.payment_intent),
        created=_time(found.created),
        key=_meta(found).get("key", ""),
    )


def _setup_state(setup):
    states = {"requires_payment_method": "open", "requires_confirmation": "open"}
    failure = setup.last_setup_error
    code = (getattr(failure, "decline_code", None) or failure.code) if failure else ""
    return SetupState(
        id=setup.id,
        state=states.get(setup.status, setup.status),
        payment_method_id=_id(setup.payment_method),
        customer_id=_id(setup.customer),
        sentence=decline_sentence(code) if code else "",
    )


def _card_facts(method):
    facts = method.card
    return CardFacts(
        payment_method_id=method.id,
        brand=facts.brand,
        last4=facts.last4,
        exp_month=facts.exp_month,
        exp_year=facts.exp_year,
        funding=facts.funding,
        fingerprint=facts.fingerprint or "",
        customer_id=_id(method.customer),
    )


def _dispute(found):
    return Dispute(
        id=found.id,
        charge_id=_id(found.charge),
        amount=to_dollars(found.amount),
        state=found.status,
        reason=found.reason,
    )


def _id(value):
    """The id of something that may be given as its id, expanded, or not at all."""
    return value if isinstance(value, str) else getattr(value, "id", "")


def _meta(found):
    known = getattr(found, "metadata", None)
    return known.to_dict() if known else {}


def _second(moment):
    """Whole seconds, as the bank counts; none is left out or counted twice between two days."""
    return ceil(moment.timestamp())


def _time(seconds):
    return datetime.fromtimestamp(seconds, UTC)


# The line ----------------------------------------------------------------------------------------
class _answers:
    """Turns Stripe's errors into ours; the cause is kept for the log, never its text in a log line."""

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if not isinstance(error, stripe.StripeError):
            return False
        code = error.code or type(error).__name__
        if isinstance(error, stripe.RateLimitError) or error.http_status in (409, 429):
            raise TryLater(code=code) from error
        if isinstance(error, stripe.APIConnectionError) or (error.http_status or 500) >= 500:
            raise UnknownOutcome(code=code) from error
        sentence = decline_sentence(code) if isinstance(error, stripe.CardError) else ""
        raise GatewayRefused(sentence, code=code) from error


def _client():
    return _made_client(settings.STRIPE_SECRET_KEY, settings.STRIPE_HTTP_CLIENT)


@lru_cache(maxsize=4)
def _made_client(secret_key, transport):
    """We own the retries (the outbox keeps the key), so the library makes none."""
    if transport:
        http_client = import_string(transport)()
    else:
        http_client = stripe.RequestsClient(timeout=(CONNECT_SECONDS, READ_SECONDS))
    return stripe.StripeClient(secret_key, http_client=http_client, max_network_retries=0)
