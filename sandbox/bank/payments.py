"""Charging a card."""

from sandbox.bank import faults, form, intents, shapes
from sandbox.bank.balance import moved
from sandbox.bank.disputes import open_dispute
from sandbox.bank.errors import Refusal, card_error
from sandbox.bank.events import happened
from sandbox.bank.lists import get, page
from sandbox.models import Charge, Customer, PaymentIntent

SMALLEST, LARGEST = 50, 99_999_999


def create(call):
    form.require(call.params, "amount", "currency")
    amount = form.whole(call.params, "amount")
    if amount < SMALLEST:
        raise Refusal("Amount must be at least $0.50 usd", code="amount_too_small", param="amount")
    if amount > LARGEST:
        raise Refusal("Amount must be no more than $999,999.99", code="amount_too_large", param="amount")
    customer = get(Customer, call.params["customer"], "customer") if call.params.get("customer") else None
    intent = PaymentIntent(
        amount=amount,
        currency=call.params["currency"],
        customer=customer,
        description=call.params.get("description", ""),
        metadata=call.params.get("metadata", {}),
    )
    if call.params.get("payment_method"):
        intent.payment_method = intents.chosen_method(call, intent)
        intent.status = "requires_confirmation"
    intent.save()
    happened("payment_intent.created", shapes.payment_intent(intent))
    return _confirm(call, intent) if form.is_true(call.params, "confirm") else _seen(call, intent)


def confirm(call, id):
    intent = intents.find(call, PaymentIntent, id)
    if intent.status in ("succeeded", "canceled", "processing"):
        raise intents.unexpected(intent, "payment_intent", shapes.payment_intent)
    intent.payment_method = intents.chosen_method(call, intent)
    return _confirm(call, intent)


def _confirm(call, intent):
    method, is_away = intent.payment_method, form.is_true(call.params, "off_session")
    behavior, code = method.behavior, faults.due_decline()
    if not code and "decline:" in behavior:
        code = behavior.rpartition(":")[2]
    if not code and _must_ask(method, is_away):
        if not is_away:
            intents.ask(intent)
            happened("payment_intent.requires_action", shapes.payment_intent(intent))
            return _seen(call, intent)
        code = "authentication_required"
    elif not code and behavior.startswith("auth:then:"):
        code = behavior.rpartition(":")[2]
    return _decline(call, intent, code) if code else _succeed(call, intent)


def _must_ask(method, is_away):
    """Whether the card's bank wants to hear from its owner."""
    if method.behavior == "auth:set_up":
        return not (is_away and method.is_set_up)
    if method.behavior == "auth:on_session" or method.behavior.startswith("auth:then:"):
        return not is_away
    return method.behavior == "auth:always"


def answer(call, id):
    """The person said yes or no to the card's bank."""
    intent = intents.find(call, PaymentIntent, id)
    form.require(call.params, "outcome")
    if intent.status != "requires_action":
        raise intents.unexpected(intent, "payment_intent", shapes.payment_intent)
    behavior = intent.payment_method.behavior
    if call.params["outcome"] != "passed":
        _fail(intent, intents.authentication_failure("payment_intent"))
    elif behavior.startswith("auth:then:"):
        _decline(call, intent, behavior.rpartition(":")[2])
    else:
        _succeed(call, intent)
    return _seen(call, intent)


def cancel(call, id):
    intent = intents.find(call, PaymentIntent, id)
    if intent.status in ("succeeded", "canceled", "processing"):
        raise intents.unexpected(intent, "payment_intent", shapes.payment_intent)
    intent.status, intent.next_action = "canceled", None
    intent.save()
    return happened("payment_intent.canceled", shapes.payment_intent(intent))


def _succeed(call, intent):
    charge = _charge(intent, "succeeded")
    moved(charge, charge, charge.amount, "charge")
    intent.status, intent.next_action, intent.last_error = "succeeded", None, None
    intent.save()
    happened("charge.succeeded", shapes.charge(charge))
    happened("payment_intent.succeeded", shapes.payment_intent(intent))
    if intent.payment_method.behavior == "dispute":
        open_dispute(charge.id)
    return _seen(call, intent)


def _decline(call, intent, code):
    error = card_error(code)
    charge = _charge(intent, "failed", failure_code=error["code"], failure_message=error["message"])
    happened("charge.failed", shapes.charge(charge))
    _fail(intent, error | {"charge": charge.id})
    return 402, {"error": intent.last_error | {"payment_intent": _seen(call, intent)}}


def _fail(intent, error):
    intents.fail(intent, error)
    happened("payment_intent.payment_failed", shapes.payment_intent(intent))


def _charge(intent, status, **failure):
    return Charge.objects.create(
        intent=intent,
        payment_method=intent.payment_method,
        amount=intent.amount,
        status=status,
        metadata=intent.metadata,
        **failure,
    )


def _seen(call, intent):
    body = shapes.payment_intent(intent, call.expand)
    return shapes.public(body) if call.is_public else body


def show(call, id):
    return _seen(call, intents.find(call, PaymentIntent, id))


def index(call):
    found = PaymentIntent.objects.all()
    if "customer" in call.params:
        found = found.filter(customer=call.params["customer"])
    expand = [name.removeprefix("data.") for name in call.expand]
    return page(call, found, lambda intent: shapes.payment_intent(intent, expand))


def show_charge(call, id):
    return shapes.charge(get(Charge, id))


def index_charges(call):
    found = Charge.objects.select_related("intent")
    if "customer" in call.params:
        found = found.filter(intent__customer=call.params["customer"])
    if "payment_intent" in call.params:
        found = found.filter(intent=call.params["payment_intent"])
    return page(call, found, shapes.charge)
