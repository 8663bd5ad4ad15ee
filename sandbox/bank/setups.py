"""Saving a card for later."""

from sandbox.bank import form, intents, shapes
from sandbox.bank.errors import card_error
from sandbox.bank.events import happened
from sandbox.bank.lists import get
from sandbox.models import Customer, SetupIntent


def create(call):
    customer = get(Customer, call.params["customer"], "customer") if call.params.get("customer") else None
    setup = SetupIntent.objects.create(
        customer=customer,
        usage=call.params.get("usage", "off_session"),
        metadata=call.params.get("metadata", {}),
    )
    return happened("setup_intent.created", shapes.setup_intent(setup))


def show(call, id):
    return _seen(call, intents.find(call, SetupIntent, id))


def confirm(call, id):
    setup = intents.find(call, SetupIntent, id)
    if setup.status in ("succeeded", "canceled"):
        raise intents.unexpected(setup, "setup_intent", shapes.setup_intent)
    setup.payment_method = intents.chosen_method(call, setup)
    behavior = setup.payment_method.behavior
    if behavior.startswith("decline:"):
        return _fail(call, setup, card_error(behavior.removeprefix("decline:")))
    if behavior.startswith("auth:") and behavior != "auth:on_session":
        intents.ask(setup)
        happened("setup_intent.requires_action", shapes.setup_intent(setup))
        return _seen(call, setup)
    return _succeed(call, setup)


def answer(call, id):
    """The person said yes or no to the card's bank."""
    setup = intents.find(call, SetupIntent, id)
    form.require(call.params, "outcome")
    if setup.status != "requires_action":
        raise intents.unexpected(setup, "setup_intent", shapes.setup_intent)
    if call.params["outcome"] == "passed":
        return _succeed(call, setup)
    _fail(call, setup, intents.authentication_failure("setup_intent"))
    return _seen(call, setup)


def _succeed(call, setup):
    intents.attach(setup.payment_method, setup.customer)
    setup.status, setup.next_action, setup.last_error = "succeeded", None, None
    setup.save()
    happened("payment_method.attached", shapes.payment_method(setup.payment_method))
    happened("setup_intent.succeeded", shapes.setup_intent(setup))
    return _seen(call, setup)


def _fail(call, setup, error):
    intents.fail(setup, error)
    happened("setup_intent.setup_failed", shapes.setup_intent(setup))
    return 402, {"error": error | {"setup_intent": _seen(call, setup)}}


def _seen(call, setup):
    body = shapes.setup_intent(setup)
    return shapes.public(body) if call.is_public else body
