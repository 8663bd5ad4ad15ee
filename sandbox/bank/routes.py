import re

from sandbox.bank import balance, customers, disputes, form, payments, refunds, setups
from sandbox.bank.errors import Refusal

# method, path, the names it takes, whether a page may call it with the publishable key, what answers
_PAGED = "limit starting_after created"
_TYPED = "client_secret payment_method payment_method_data return_url"
_NEW_PAYMENT = (
    "amount currency customer payment_method payment_method_types confirm off_session description metadata"
)
_TABLE = [
    ("get", "/v1/customers", f"email {_PAGED}", False, customers.index),
    ("post", "/v1/customers", "email name description metadata", False, customers.create),
    ("get", "/v1/payment_methods/([^/]+)", "", False, customers.show_method),
    ("post", "/v1/payment_methods/([^/]+)/detach", "", False, customers.detach),
    ("post", "/v1/setup_intents", "customer usage payment_method_types metadata", False, setups.create),
    ("get", "/v1/setup_intents/([^/]+)", "client_secret", True, setups.show),
    ("post", "/v1/setup_intents/([^/]+)/confirm", _TYPED, True, setups.confirm),
    ("post", "/v1/payment_intents", _NEW_PAYMENT, False, payments.create),
    ("get", "/v1/payment_intents", f"customer {_PAGED}", False, payments.index),
    ("get", "/v1/payment_intents/([^/]+)", "client_secret", True, payments.show),
    ("post", "/v1/payment_intents/([^/]+)/confirm", f"{_TYPED} off_session", True, payments.confirm),
    ("post", "/v1/payment_intents/([^/]+)/cancel", "cancellation_reason", False, payments.cancel),
    # Not Stripe's: where the dialog of the sandbox's script says how its person answered the card's bank.
    ("post", "/v1/sandbox/setup_intents/([^/]+)/challenge", "client_secret outcome", True, setups.answer),
    ("post", "/v1/sandbox/payment_intents/([^/]+)/challenge", "client_secret outcome", True, payments.answer),
    ("get", "/v1/charges", f"customer payment_intent {_PAGED}", False, payments.index_charges),
    ("get", "/v1/charges/([^/]+)", "", False, payments.show_charge),
    ("post", "/v1/refunds", "charge payment_intent amount reason metadata", False, refunds.create),
    ("get", "/v1/refunds", f"charge payment_intent {_PAGED}", False, refunds.index),
    ("get", "/v1/refunds/([^/]+)", "", False, refunds.show),
    ("get", "/v1/disputes/([^/]+)", "", False, disputes.show),
    ("get", "/v1/balance_transactions", f"source type {_PAGED}", False, balance.index),
]


def find(call):
    """The endpoint for a call and the ids in its path; refuses unknown paths, names and callers."""
    for method, path, names, is_public, endpoint in _TABLE:
        match = re.fullmatch(path, call.path)
        if method == call.method and match:
            if call.is_public and not is_public:
                raise Refusal("This API call cannot be made with a publishable API key.", status=401)
            form.check_names(call.params, names.split())
            return endpoint, match.groups()
    raise Refusal(f"Unrecognized request URL ({call.method.upper()}: {call.path}).", status=404)
