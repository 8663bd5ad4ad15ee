"""The bank's address for pages."""

from urllib.parse import urlencode

import pytest
from django.test import Client

from billing import gateway
from sandbox import bank
from tests.sandbox import teller

pytestmark = [
    pytest.mark.django_db(databases=["default", "sandbox"]),
    pytest.mark.urls("tests.sandbox.hook"),
]
TYPED = {"number": "4242424242424242", "exp_month": "12", "exp_year": "2040", "cvc": "123"}


@pytest.fixture
def setup():
    return gateway.start_card_setup(teller.customer(), key="setup")


def post(path, key="pk_test_1", **data):
    page = Client(enforce_csrf_checks=True)
    kind = "application/x-www-form-urlencoded"
    headers = {"Authorization": f"Bearer {key}"}
    return page.post(f"/sandbox/bank/v1/{path}", urlencode(data), content_type=kind, headers=headers)


def confirm(setup, **changed):
    data = {f"payment_method_data[card][{name}]": value for name, value in (TYPED | changed).items()}
    return post(f"setup_intents/{setup.id}/confirm", client_secret=setup.client_secret, **data)


def test_a_card_typed_on_a_page_is_saved(setup):
    assert confirm(setup).json()["status"] == "succeeded"
    assert gateway.read_setup(setup.id).state == "succeeded"


def test_a_decline_reaches_the_page(setup):
    answer = confirm(setup, number="4000000000000069")
    assert (answer.status_code, answer.json()["error"]["code"]) == (402, "expired_card")


def test_the_secret_key_is_not_taken_from_outside(client):
    assert post("customers", key="sk_test_1").status_code == 401
    assert client.get("/sandbox/bank/v1/charges").status_code == 401


def test_an_intent_is_read_by_its_secret(client, setup):
    address = f"/sandbox/bank/v1/setup_intents/{setup.id}"
    answer = client.get(
        address, {"client_secret": setup.client_secret}, headers={"Authorization": "Bearer pk_test_1"}
    )
    assert answer.json()["status"] == "requires_payment_method"
    assert "no-store" in answer["Cache-Control"]


def test_no_answer_is_a_gateway_timeout(setup):
    bank.break_next("timeout_before")
    assert confirm(setup).status_code == 504


def test_bytes_that_are_no_form_are_refused(client, setup):
    answer = client.post(
        f"/sandbox/bank/v1/setup_intents/{setup.id}/confirm",
        b"\xff\xfe=1&a[b=2",
        content_type="application/octet-stream",
        headers={"Authorization": "Bearer pk_test_1"},
    )
    assert answer.status_code == 400
