""" "Pay": several open invoices, one card, one click; each has its own attempt and its own end."""

import uuid

import pytest
from django.urls import reverse

from billing.models import Payment
from requests_app.tracking.paying import several
from sandbox.bank import faults
from tests import cast
from tests.billing import purse
from tests.requests_app.charging.conftest import price, request_of  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Payment.State


@pytest.fixture
def three(rosa, request_of, price):  # noqa: F811
    """Three open invoices of rosa's firm."""
    return [price(request_of(rosa), f"{amount}.00") for amount in (10, 20, 30)]


@pytest.fixture
def go(as_, rosa, three):
    browser = as_(rosa)

    def click(invoices, card, **said):
        sent = {"invoice": [one.number for one in invoices], "card": card.pk if card else ""}
        return browser.post(reverse("pay_several"), sent, **said)

    return click


def states():
    return dict(Payment.objects.values_list("invoice__total", "state"))


def test_the_page_lists_what_is_open_and_what_it_comes_to(as_, rosa, three):
    page = as_(rosa).get(reverse("pay_several")).content.decode()
    assert all(invoice.number in page for invoice in three)
    assert "$60.00" in page


def test_each_is_known_by_its_patient_and_its_case(as_, rosa, go, three, card):
    before = as_(rosa).get(reverse("pay_several")).content.decode()
    after = go(three, card, follow=True).content.decode()
    for page in (before, after):
        assert page.count("Thomas Wright") == page.count("24-CV-1187") == 3


def test_one_click_pays_each_by_an_attempt_of_its_own(go, three, card):
    answer = go(three, card, follow=True)
    assert set(states().values()) == {State.SUCCEEDED}
    assert Payment.objects.values("key").distinct().count() == Payment.objects.count() == 3
    assert all(invoice.number in answer.content.decode() for invoice in three)


def test_only_what_is_ticked_is_paid(go, three, card):
    go(three[:1], card)
    assert states() == {three[0].total: State.SUCCEEDED}


def test_one_that_is_declined_stops_no_other_and_is_told(go, three, card, monkeypatch):
    real = several.paying.gateway.charge

    def charge(**said):
        if said["reference"] == three[1].number:
            said["payment_method_id"] = declined.payment_method_id
        return real(**said)

    declined = purse.card(three[0].record_request.batch.owner.memberships.get(), purse.DECLINED)
    monkeypatch.setattr(several.paying.gateway, "charge", charge)
    page = go(three, card, follow=True).content.decode()
    assert [states()[one.total] for one in three] == [State.SUCCEEDED, State.DECLINED, State.SUCCEEDED]
    assert "declined" in page


def test_a_declined_card_leaves_all_of_them_open(go, three, rosa):
    go(three, purse.card(rosa, purse.DECLINED))
    assert set(states().values()) == {State.DECLINED}
    assert several._open(rosa).count() == 3


def test_a_double_click_charges_each_once(go, three, card):
    for _click in range(2):
        go(three, card)
    assert Payment.objects.filter(state=State.SUCCEEDED).count() == 3


def test_an_answer_that_is_lost_is_found_out_on_the_page(go, three, card):
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    go(three, card, follow=True)
    assert set(states().values()) == {State.SUCCEEDED}


def test_a_bank_that_asks_leads_to_its_question(go, three, rosa):
    page = go(three, purse.card(rosa, purse.ASKS), follow=True).content.decode()
    assert reverse("payment_action", args=[three[0].record_request.public_id]) in page


def test_a_slow_bank_holds_nobody_and_what_was_not_tried_is_told(go, three, card, monkeypatch):
    monkeypatch.setattr(several, "LONGEST", -1)
    page = go(three, card, follow=True).content.decode()
    assert page.count("was not tried") == 3
    assert not Payment.objects.exists()


@pytest.mark.parametrize("card_id", ["", "0", "-1", "9223372036854775808", "abc", "٣", "a\0b"])
def test_a_card_that_is_none_keeps_what_was_ticked(as_, rosa, three, card, card_id):
    answer = as_(rosa).post(reverse("pay_several"), {"invoice": three[0].number, "card": card_id})
    assert (answer.status_code, answer.context["ticked"]) == (422, {three[0].number})
    assert not Payment.objects.exists()


@pytest.mark.parametrize("number", ["", "INV-0000-000000", "a\0b"])
def test_an_invoice_that_is_none_charges_nothing_at_all(as_, rosa, three, card, number):
    said = {"invoice": [three[0].number, number], "card": card.pk}
    assert as_(rosa).post(reverse("pay_several"), said).status_code == 422
    assert not Payment.objects.exists()


def test_nothing_ticked_is_an_error_next_to_the_list(go, three, card):
    answer = go([], card)
    assert "Choose at least one" in answer.context["invoice_error"]


def test_a_stranger_s_invoice_is_as_good_as_none(as_, sam, three):
    said = {"invoice": three[0].number, "card": purse.card(sam).pk}
    assert as_(sam).post(reverse("pay_several"), said).status_code == 422
    assert not Payment.objects.exists()


def test_a_stranger_doesn_t_see_what_became_of_it(go, as_, sam, three, card):
    done = go(three, card).url
    assert as_(sam).get(done).status_code == 404
    assert as_(sam).get(reverse("paid_several", args=[uuid.uuid4()])).status_code == 404


def test_the_dashboard_and_the_list_lead_there(as_, rosa, three):
    browser = as_(rosa)
    for page in ("home", "outbound"):
        assert reverse("pay_several") in browser.get(reverse(page)).content.decode()


def test_a_patient_without_invoices_reads_so(as_, db):
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    assert "Nothing is to be paid" in as_(pat).get(reverse("pay_several")).content.decode()
