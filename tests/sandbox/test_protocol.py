"""The bank's answers as they go over the wire, where the library would hide them."""

import json
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from sandbox import bank
from sandbox.bank.cards import NUMBERS, passes_luhn
from sandbox.models import Customer, Event, PaymentMethod, Reply
from tests.sandbox import teller

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def call(method, path, *, secret="sk_test_1", key="", **params):  # noqa: S107
    headers = {"Authorization": f"Bearer {secret}"} | ({"Idempotency-Key": key} if key else {})
    status, answered, body = bank.handle(method, path, headers, urlencode(params))
    return status, json.loads(body), answered


def make(key="", **params):
    return call("post", "/v1/customers", key=key, **params)


@pytest.mark.parametrize("secret", ["", "nonsense", "sk_live_1"])
def test_without_a_test_key_nothing_is_said(secret):
    status, body, _ = call("get", "/v1/customers", secret=secret)
    assert (status, body["error"]["type"]) == (401, "invalid_request_error")


def test_a_page_s_key_opens_only_what_a_page_needs():
    assert call("get", "/v1/charges", secret="pk_test_1")[0] == 401
    assert call("post", "/v1/refunds", secret="pk_test_1", charge="ch_1")[0] == 401


def test_a_page_needs_the_client_secret():
    teller.saved_card()
    setup_id = Event.objects.get(type="setup_intent.succeeded").object_id
    status, body, _ = call("get", f"/v1/setup_intents/{setup_id}", secret="pk_test_1")
    assert (status, body["error"]["code"]) == (404, "resource_missing")


def test_a_page_does_not_see_whose_intent_it_is():
    setup = json.loads(json.dumps(make(email="a@x.example")[1]))
    made = call("post", "/v1/setup_intents", customer=setup["id"])[1]
    _, seen = bank.give_card(made["client_secret"])
    assert "customer" not in seen
    assert "metadata" not in seen


def test_an_unknown_path_is_a_404():
    assert call("get", "/v1/balance")[0] == 404


def test_a_misspelt_name_is_refused():
    status, body, _ = make(emial="a@x.example")
    assert (status, body["error"]["code"]) == (400, "parameter_unknown")


def test_a_replay_says_so():
    _, first, fresh = make("k1", name="A")
    _, again, replayed = make("k1", name="A")
    assert first == again
    assert ("idempotent-replayed" in fresh, replayed["idempotent-replayed"]) == (False, "true")
    assert Customer.objects.count() == 1


def test_one_key_with_other_values_is_an_idempotency_error():
    make("k1", name="A")
    status, body, _ = make("k1", name="B")
    assert (status, body["error"]["type"]) == (400, "idempotency_error")


def test_a_key_is_forgotten_after_a_day():
    make("k1", name="A")
    Reply.objects.update(created=timezone.now() - timedelta(hours=25))
    assert make("k1", name="B")[0] == 200


def test_a_refusal_is_not_kept_for_its_key():
    assert make("k1", emial="a@x.example")[0] == 400
    assert make("k1", email="a@x.example")[0] == 200


def test_nested_values_and_lists_are_read():
    _, body, _ = call("post", "/v1/customers", **{"metadata[reference]": "org-1", "metadata[key]": "k"})
    assert body["metadata"] == {"reference": "org-1", "key": "k"}


def test_a_list_comes_in_pages():
    ids = [make(name=str(number))[1]["id"] for number in range(3)]
    _, first, _ = call("get", "/v1/customers?limit=2")
    assert (first["has_more"], [one["id"] for one in first["data"]]) == (True, ids[:0:-1])
    _, rest, _ = call("get", f"/v1/customers?limit=2&starting_after={ids[1]}")
    assert (rest["has_more"], [one["id"] for one in rest["data"]]) == (False, ids[:1])


def test_all_published_numbers_could_be_real():
    assert all(passes_luhn(number) for number in NUMBERS)


def card(number, **changed):
    year = timezone.now().year + 2
    typed = {"number": number, "exp_month": "1", "exp_year": str(year), "cvc": "123"} | changed
    made = call("post", "/v1/setup_intents")[1]
    params = {f"payment_method_data[card][{name}]": value for name, value in typed.items()}
    path = f"/v1/setup_intents/{made['id']}/confirm"
    return call("post", path, secret="pk_test_1", client_secret=made["client_secret"], **params)


def test_a_number_of_no_test_card_is_declined_and_not_kept():
    status, body, _ = card("4111111111111111")
    assert (status, body["error"]["decline_code"]) == (402, "test_mode_live_card")


@pytest.mark.parametrize(
    ("changed", "param"),
    [
        ({"number": "4242424242424241"}, "number"),
        ({"number": "42"}, "number"),
        ({"number": "٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢"}, "number"),
        ({"exp_month": "13"}, "exp_month"),
        ({"exp_month": "x"}, "exp_month"),
        ({"exp_year": "2020"}, "exp_year"),
        ({"exp_year": ""}, "exp_year"),
        ({"cvc": "12"}, "cvc"),
    ],
)
def test_a_card_typed_wrong_says_where(changed, param):
    status, body, _ = card(**{"number": "4242424242424242"} | changed)
    assert (status, body["error"]["type"], body["error"]["param"]) == (402, "card_error", param)
    assert PaymentMethod.objects.count() == 0


def test_the_number_is_nowhere_in_the_books():
    card("4242 4242 4242 4242")
    kept = [str(list(model.objects.values())) for model in (PaymentMethod, Event, Reply)]
    assert "4242424242424242" not in "".join(kept)
    assert "4242 4242" not in "".join(kept)


def test_a_fault_falls_on_its_path_only():
    bank.break_next("error_before", path="refunds")
    assert make(name="A")[0] == 200
    assert call("post", "/v1/refunds", charge="ch_1")[0] == 500
    assert call("post", "/v1/refunds", charge="ch_1")[0] == 404


def test_a_fault_lasts_as_often_as_told():
    bank.break_next("rate_limited", times=2)
    assert [make(name="A")[0] for _ in range(3)] == [429, 429, 200]


def test_reading_is_not_broken():
    bank.break_next("timeout_before")
    assert call("get", "/v1/customers")[0] == 200
    with pytest.raises(bank.TimedOut):
        make(name="A")


def test_an_unknown_fault_is_a_mistake():
    with pytest.raises(ValueError):
        bank.break_next("earthquake")


def test_mended_all_works():
    bank.break_next("timeout_before")
    bank.mend()
    assert make(name="A")[0] == 200


def test_the_disputed_card_disputes_by_itself():
    paid = teller.charge(teller.saved_card("4000000000000259"))
    event = Event.objects.get(type="charge.dispute.created")
    assert event.body["data"]["object"]["charge"] == paid.charge_id
