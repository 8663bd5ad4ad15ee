"""What a person with a card does on a page, for tests, demo data and the walkthrough: no browser needed."""

import json
from urllib.parse import urlencode

from django.utils import timezone

from sandbox.bank.protocol import handle

_KINDS = {"seti": "setup_intents", "pi": "payment_intents"}


def give_card(client_secret, number="4242424242424242", *, cvc="123"):
    """Type a card into the intent's card field and press the button: (status, body)."""
    card = {"number": number, "exp_month": "12", "exp_year": str(timezone.now().year + 4), "cvc": cvc}
    typed = {f"payment_method_data[card][{name}]": value for name, value in card.items()}
    return _post(
        f"/v1/{_path(client_secret)}/confirm", client_secret, typed | {"payment_method_data[type]": "card"}
    )


def answer_challenge(client_secret, *, passed=True):
    """Tell the card's bank that it was you, or fail to: (status, body)."""
    outcome = "passed" if passed else "failed"
    return _post(f"/v1/sandbox/{_path(client_secret)}/challenge", client_secret, {"outcome": outcome})


def _path(client_secret):
    intent_id = client_secret.partition("_secret_")[0]
    return f"{_KINDS[intent_id.partition('_')[0]]}/{intent_id}"


def _post(path, client_secret, params):
    form = urlencode(params | {"client_secret": client_secret})
    status, _, body = handle("post", path, {"Authorization": "Bearer pk_test_page"}, form)
    return status, json.loads(body)
