"""“Make Payment” → “Pay for Request”, whatever the bank says."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import CheckPayment, Payment
from sandbox.bank import faults
from tests.billing import purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Payment.State


def at(name, record_request):
    return reverse(name, args=[record_request.public_id])


def pay(browser, record_request, invoice, card):
    said = {"invoice": invoice.number, "card": card.pk}
    return browser.post(at("make_payment", record_request), said)


def test_the_page_shows_each_line_with_its_basis(as_, rosa, priced, invoice):
    page = as_(rosa).get(at("make_payment", priced)).content.decode()
    for line in invoice.quote.lines:
        assert line["citation"] in page
    assert f"${invoice.total}" in page


def test_it_says_whose_records_they_are_and_for_which_case(as_, rosa, priced, invoice):
    page = as_(rosa).get(at("make_payment", priced)).content.decode()
    assert priced.patient.full_name in page
    assert priced.batch.case_number in page


def test_it_says_how_to_pay_by_check(as_, rosa, priced, invoice):
    page = as_(rosa).get(at("make_payment", priced)).content.decode()
    assert "PO BOX 931035" in page
    assert invoice.number in page


def test_paying_orders_the_records(as_, rosa, priced, invoice, card):
    assert pay(as_(rosa), priced, invoice, card)["Location"] == priced.get_absolute_url()
    priced.refresh_from_db()
    assert priced.state == "ordered"


def test_a_declined_card_comes_back_with_the_reason_and_stays_chosen(as_, rosa, priced, invoice):
    card = purse.card(rosa, purse.DECLINED)
    answer = pay(as_(rosa), priced, invoice, card)
    assert answer.status_code == 422
    assert "declined" in answer.content.decode()
    assert answer.context["chosen"] == card.pk


@pytest.mark.parametrize("chosen", ["", "0", "-1", "9223372036854775808", "abc", "٣"])
def test_a_card_that_is_none_is_an_error_next_to_the_cards(as_, rosa, priced, invoice, card, chosen):
    said = {"invoice": invoice.number, "card": chosen}
    answer = as_(rosa).post(at("make_payment", priced), said)
    assert answer.status_code == 422
    assert "Choose a card" in answer.content.decode()
    assert not Payment.objects.exists()


def test_another_organization_s_card_is_none(as_, rosa, sam, priced, invoice):
    assert pay(as_(rosa), priced, invoice, purse.card(sam)).status_code == 422


def test_a_colleague_s_own_card_is_none_until_it_is_shared(as_, rosa, ruth, priced, invoice, card):
    browser = as_(ruth)
    assert pay(browser, priced, invoice, card).status_code == 422
    card.share(True, by=rosa)
    assert pay(browser, priced, invoice, card).status_code == 302


def test_a_card_whose_bank_asks_leads_to_the_question(as_, rosa, priced, invoice):
    browser = as_(rosa)
    answer = pay(browser, priced, invoice, purse.card(rosa, purse.ASKS))
    assert answer["Location"] == at("payment_action", priced)
    page = browser.get(answer["Location"])
    assert page.context["client_secret"].startswith("pi_")


def test_after_the_answer_the_request_goes_on(as_, rosa, priced, invoice):
    browser = as_(rosa)
    pay(browser, priced, invoice, purse.card(rosa, purse.ASKS))
    purse.answer(Payment.objects.get())
    assert browser.get(at("payment_status", priced))["Location"] == priced.get_absolute_url()


def test_a_no_leads_back_to_the_cards_with_the_reason(as_, rosa, priced, invoice):
    browser = as_(rosa)
    pay(browser, priced, invoice, purse.card(rosa, purse.ASKS))
    purse.answer(Payment.objects.get(), passed=False)
    page = browser.get(at("payment_status", priced), follow=True)
    assert page.redirect_chain[-1][0] == at("make_payment", priced)
    assert "could not confirm" in page.content.decode()


def test_a_confirmation_can_be_called_off(as_, rosa, priced, invoice, card):
    browser = as_(rosa)
    pay(browser, priced, invoice, purse.card(rosa, purse.ASKS))
    assert browser.post(at("payment_cancel", priced))["Location"] == at("make_payment", priced)
    assert pay(browser, priced, invoice, card)["Location"] == priced.get_absolute_url()


def test_a_bank_that_doesn_t_answer_is_said_and_asked_again(as_, rosa, priced, invoice, card):
    browser = as_(rosa)
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    assert pay(browser, priced, invoice, card)["Location"] == at("payment_status", priced)
    assert browser.get(at("payment_status", priced))["Location"] == priced.get_absolute_url()


def test_while_nobody_knows_the_page_comes_again(as_, rosa, priced, invoice, card):
    browser = as_(rosa)
    faults.break_next(faults.TIMEOUT_BEFORE, path="payment_intents")
    pay(browser, priced, invoice, card)
    page = browser.get(at("payment_status", priced))
    assert page["Refresh"]
    assert "asking the bank" in page.content.decode()
    assert browser.get(at("make_payment", priced))["Location"] == at("payment_status", priced)


def test_back_and_once_more_charges_once(as_, rosa, priced, invoice, card):
    browser = as_(rosa)
    pay(browser, priced, invoice, card)
    assert pay(browser, priced, invoice, card).status_code == 302
    assert Payment.objects.count() == 1


def test_a_price_that_changed_meanwhile_is_not_charged(as_, rosa, priced, invoice, card):
    invoice.void(by=rosa)
    assert pay(as_(rosa), priced, invoice, card).status_code == 302
    assert not Payment.objects.exists()


def test_nothing_owed_leads_back(as_, rosa, priced):
    assert as_(rosa).get(at("make_payment", priced))["Location"] == priced.get_absolute_url()


def test_an_invoice_of_another_request_is_unknown(as_, rosa, priced, invoice, card):
    said = {"invoice": "INV-0000-000000", "card": card.pk}
    assert as_(rosa).post(at("make_payment", priced), said).status_code == 404


PAGES = ["make_payment", "payment_action", "payment_status"]


@pytest.mark.parametrize("name", PAGES)
def test_strangers_get_404_and_the_practice_403(as_, sam, clara, priced, invoice, name):
    assert as_(sam).get(at(name, priced)).status_code == 404
    assert as_(clara).get(at(name, priced)).status_code == 403


@pytest.mark.parametrize("name", ["payment_action", "payment_status"])
def test_without_an_attempt_there_is_nothing_to_ask(as_, rosa, priced, invoice, name):
    assert as_(rosa).get(at(name, priced)).status_code == 404


def test_more_cards_and_lines_need_no_more_queries(
    as_, rosa, ruth, priced, invoice, card, django_assert_max_num_queries
):
    for number in ("5555555555554444", "378282246310005", "6011111111111117"):
        purse.card(ruth, number, shared=True)
    browser = as_(rosa)
    with django_assert_max_num_queries(13):
        page = browser.get(at("make_payment", priced))
    assert len(page.context["cards"]) == 4


@pytest.fixture
def check(invoice, olga):
    """`check("10.00")` arrives for the invoice."""

    def arrives(amount):
        return CheckPayment.receive(
            number="501", amount=Decimal(amount), dated_on=date(2026, 1, 5), by=olga, invoice=invoice
        )

    return arrives


def test_a_check_that_was_too_small_is_told_with_what_is_missing(as_, rosa, priced, invoice, check):
    check("10.00")
    for url in (at("make_payment", priced), priced.get_absolute_url()):
        page = as_(rosa).get(url).content.decode()
        assert "Check 501 over $10.00 has arrived, which is less than" in page
        assert f"${invoice.total - 10} is still missing." in page


def test_a_check_that_was_too_large_asks_nobody_to_pay_again(as_, rosa, priced, invoice, check):
    check(str(invoice.total + 1))
    page = as_(rosa).get(at("make_payment", priced)).content.decode()
    assert "don&#x27;t pay again" in page or "don't pay again" in page
    assert "is still missing" not in page


def test_without_a_check_nothing_is_said_of_one(as_, rosa, priced, invoice):
    page = as_(rosa).get(at("make_payment", priced)).content.decode()
    assert "has arrived" not in page
    assert "is still missing" not in page
