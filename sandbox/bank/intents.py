"""What setup and payment intents share: whose they are, which card, and the question of the card's bank."""

from django.utils.crypto import constant_time_compare

from sandbox.bank import cards, form, shapes
from sandbox.bank.errors import Refusal, card_error, missing
from sandbox.bank.lists import get
from sandbox.models import PaymentMethod

CHALLENGE = {"type": "use_stripe_sdk", "use_stripe_sdk": {"type": "sandbox_challenge"}}


def find(call, model, id):
    """The intent, if the caller may see it: a page must hold its client secret."""
    intent = get(model, id, "intent")
    if call.is_public and not constant_time_compare(
        call.params.get("client_secret", ""), intent.client_secret
    ):
        raise missing(model._meta.model_name, id, "intent")
    return intent


def chosen_method(call, intent):
    """The card to use: an id the caller names, the one typed on a page, or the intent's own."""
    typed = call.params.get("payment_method_data")
    if typed:
        return cards.take_card(typed.get("card") or {})
    if call.params.get("payment_method"):
        method = get(PaymentMethod, call.params["payment_method"], "payment_method")
    elif intent.payment_method:
        method = intent.payment_method
    else:
        form.require(call.params, "payment_method")
    if method.customer_id != intent.customer_id and not (method.customer_id is None and not method.is_set_up):
        raise Refusal(
            "The PaymentMethod does not belong to the Customer of this intent, or was detached from it.",
            param="payment_method",
        )
    return method


def attach(method, customer):
    if customer and method.customer_id is None:
        method.customer = customer
    method.is_set_up = True
    method.save()


def ask(intent):
    intent.status, intent.next_action, intent.last_error = "requires_action", CHALLENGE, None
    intent.save()


def fail(intent, error):
    """The intent after a decline; it may be tried again with another card."""
    intent.status, intent.next_action = "requires_payment_method", None
    intent.last_error = error | {"payment_method": shapes.payment_method(intent.payment_method)}
    intent.payment_method = None
    intent.save()


def unexpected(intent, name, shape):
    refusal = Refusal(
        f"This {name} has a status of {intent.status} and can't be used for this.",
        code=f"{name}_unexpected_state",
    )
    refusal.error[name] = shape(intent)
    return refusal


def authentication_failure(name):
    return card_error("") | {
        "type": "invalid_request_error",
        "code": f"{name}_authentication_failure",
        "decline_code": None,
        "message": "We are unable to authenticate your payment method. Choose a different one and try again.",
    }
