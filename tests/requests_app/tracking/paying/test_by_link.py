"""An invoice paid by its own link, without an account: used, run out or taken back, the link says so (product 7.5)."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from audit.models import Activity
from billing import gateway, paying
from billing.customers import customer_of
from billing.models import Card, PayLink, Payment
from correspondence.models import Notice
from correspondence.sending import wording
from outbox.models import Job
from outbox.queue import run_due
from sandbox import bank
from sandbox.bank import faults
from tests import cast
from tests.billing import purse
from tests.requests_app.charging.conftest import price, request_of  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
State = Payment.State


@pytest.fixture
def token(invoice, rosa):
    return PayLink.draw(invoice, by=rosa)


@pytest.fixture
def visitor(token):
    """A browser that nobody is signed in to, and that has followed the link."""
    browser = Client()
    assert browser.get(reverse("pay_link", args=[token])).url == reverse("linked_invoice")
    return browser


def give_card(browser, invoice, number=purse.GOOD):
    """What the card field does: the bank takes the card and leads back; gives the page that says what is charged."""
    secret = browser.get(reverse("linked_invoice")).context["client_secret"]
    setup = browser.session["pay_link"]["setups"][-1]
    bank.give_card(secret, number)
    if gateway.read_setup(setup).state == "requires_action":
        bank.answer_challenge(secret)
    return browser.get(reverse("linked_card"), {"setup_intent": setup})


def pay(browser, invoice):
    return browser.post(reverse("linked_pay"), {"invoice": invoice.number})


def test_the_page_says_what_is_owed_and_names_nobody(visitor, invoice, priced):
    page = visitor.get(reverse("linked_invoice")).content.decode()
    for said in (invoice.number, f"${invoice.total}", priced.custodian.name, "PO BOX 931035"):
        assert said in page
    for secret in ("Wright", "Thomas", "1978", "24-CV-1187", "Smith Law", str(priced), priced.public_id):
        assert secret not in page


def test_a_card_pays_after_a_yes_to_the_amount(visitor, invoice, priced):
    agree = give_card(visitor, invoice).content.decode()
    assert f"${invoice.total}" in agree
    assert "Visa ending in 4242" in agree
    assert not Payment.objects.exists()
    pay(visitor, invoice)
    payment = Payment.objects.get()
    assert (payment.state, payment.card, payment.person) == (State.SUCCEEDED, None, None)
    priced.refresh_from_db()
    assert priced.state == "ordered"


def test_the_card_is_not_kept_here_nor_at_the_bank(visitor, invoice):
    give_card(visitor, invoice)
    pay(visitor, invoice)
    Job.objects.filter(kind="billing.forget_method").update(due_at=timezone.now())
    run_due(kind="billing.forget_method")
    assert not Card.objects.exists()
    assert gateway.card(Payment.objects.get().once_method_id).customer_id == ""


def test_a_card_that_was_given_and_paid_nothing_is_forgotten_too(visitor, invoice):
    give_card(visitor, invoice)
    assert Job.objects.filter(kind="billing.forget_method").count() == 1


def test_the_activity_says_it_was_by_link(visitor, invoice, priced):
    give_card(visitor, invoice)
    pay(visitor, invoice)
    entry = Activity.objects.of(priced).get(event="paid")
    assert (entry.person_id, entry.organization_name) == (None, "by payment link")


def test_the_same_link_then_gives_the_receipt_that_names_nobody(visitor, invoice, priced):
    give_card(visitor, invoice)
    pay(visitor, invoice)
    assert "This invoice is paid" in visitor.get(reverse("linked_invoice")).content.decode()
    paper = PdfReader(BytesIO(visitor.get(reverse("linked_receipt")).content))
    said = " ".join(page.extract_text() for page in paper.pages)
    assert invoice.number in said
    assert "Visa ending in 4242" in said
    assert "Smith Law" not in said
    assert "24-CV-1187" not in said


def test_no_receipt_before_it_is_paid(visitor, invoice):
    assert visitor.get(reverse("linked_receipt")).status_code == 404


def test_a_double_click_charges_once(visitor, invoice):
    give_card(visitor, invoice)
    for _click in range(2):
        pay(visitor, invoice)
    assert Payment.objects.filter(state=State.SUCCEEDED).count() == 1


@pytest.mark.parametrize("number", ["", "INV-0000-000000", "a\0b"])
def test_another_number_charges_nothing(visitor, invoice, number):
    give_card(visitor, invoice)
    visitor.post(reverse("linked_pay"), {"invoice": number})
    assert not Payment.objects.exists()


def test_a_declined_card_says_why_and_another_one_pays(visitor, invoice):
    give_card(visitor, invoice, purse.DECLINED)
    assert "declined" in visitor.get(pay(visitor, invoice).url).content.decode()
    give_card(visitor, invoice)
    pay(visitor, invoice)
    assert Payment.objects.filter(state=State.SUCCEEDED).count() == 1


def test_a_prepaid_card_is_refused(visitor, invoice):
    assert "Prepaid" in visitor.get(give_card(visitor, invoice, purse.PREPAID).url).content.decode()
    pay(visitor, invoice)
    assert not Payment.objects.exists()


def test_the_bank_asks_and_is_answered(visitor, invoice):
    give_card(visitor, invoice, purse.ASKS)
    if Payment.objects.count() == 0:
        pay(visitor, invoice)
    payment = Payment.objects.get()
    assert payment.state == State.NEEDS_ACTION
    assert visitor.get(reverse("linked_bank")).status_code == 200
    purse.answer(payment)
    visitor.get(reverse("linked_status"))
    payment.refresh_from_db()
    assert payment.state == State.SUCCEEDED


def test_a_lost_answer_is_asked_for(visitor, invoice):
    give_card(visitor, invoice)
    faults.break_next(faults.TIMEOUT_AFTER, path="payment_intents")
    assert pay(visitor, invoice).url == reverse("linked_status")
    visitor.get(reverse("linked_status"))
    assert Payment.objects.get().state == State.SUCCEEDED


def test_a_link_taken_back_says_so(visitor, invoice, priced, rosa):
    priced.abandon(by=rosa)
    type(invoice).objects.withdraw(priced, by=rosa)
    page = visitor.get(reverse("linked_invoice"))
    assert (page.status_code, "Nothing is owed any more" in page.content.decode()) == (410, True)


def test_a_link_that_ran_out_says_so(visitor):
    PayLink.objects.update(made_at=timezone.now() - timedelta(days=91))
    page = visitor.get(reverse("linked_invoice"))
    assert (page.status_code, "run out" in page.content.decode()) == (410, True)


def test_an_unknown_link_opens_nothing(client, invoice):
    page = client.get(reverse("pay_link", args=["nobody-was-given-this"]), follow=True)
    assert page.status_code == 404


def test_too_many_tries_are_turned_away(client, invoice, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "pay_link": "3/5m/ip"}
    answers = [client.get(reverse("pay_link", args=["x" * 32])).status_code for _try in range(4)]
    assert answers == [302, 302, 302, 429]


def test_only_the_browser_that_gave_the_card_can_pay_with_it(visitor, invoice, token):
    give_card(visitor, invoice)
    other = Client()
    other.get(reverse("pay_link", args=[token]))
    pay(other, invoice)
    assert not Payment.objects.exists()
    setup = visitor.session["pay_link"]["setups"][-1]
    assert other.get(reverse("linked_card"), {"setup_intent": setup}).status_code == 404


def test_the_token_is_kept_as_a_hash_and_leaves_the_address(token, visitor):
    assert token not in str(list(PayLink.objects.values()))
    assert len(token) >= 22  # 128 bits
    assert visitor.get(reverse("pay_link", args=[token]))["Referrer-Policy"] == "no-referrer"
    assert visitor.get(reverse("linked_invoice"))["Referrer-Policy"] == "same-origin"


def test_the_requestor_s_invoice_carries_a_link_and_the_practice_s_does_not(
    as_, rosa, clara, priced, invoice
):
    address = reverse("invoice_pdf", args=[priced.public_id])
    said = {}
    for member in (rosa, clara):
        paper = PdfReader(BytesIO(as_(member).get(address).content))
        said[member] = "".join(page.extract_text() for page in paper.pages).replace("\n", "")
    assert re.search(r"/pay/link/[\w-]{32}", said[rosa])
    assert "/pay/link/" not in said[clara]


def test_the_link_can_be_sent_by_email(as_, rosa, priced, invoice):
    browser = as_(rosa)
    browser.post(reverse("send_pay_link", args=[priced.public_id]), {"email": "accounts@payer.test"})
    notice = Notice.objects.get(event="pay_link")
    subject, body = wording(notice)
    assert (notice.address, notice.path) == ("accounts@payer.test", "")
    assert invoice.number in subject
    for secret in ("Wright", "Thomas", "1978", "24-CV-1187", "Lakeside", str(priced)):
        assert secret not in subject + body
    found = re.search(r"/pay/link/[\w-]+/", body).group()
    assert Client().get(found, follow=True).status_code == 200


def test_a_patient_s_name_is_on_no_page_of_theirs(db, request_of, price):  # noqa: F811
    pat = cast.member("pat", cast.organization("Patricia Quill", "household"))
    invoice = price(request_of(pat), "6.50")
    browser = Client()
    browser.get(reverse("pay_link", args=[PayLink.draw(invoice, by=pat)]))
    for page in (browser.get(reverse("linked_invoice")), give_card(browser, invoice)):
        assert "Quill" not in page.content.decode()


def test_a_payment_by_link_that_came_too_late_goes_back(visitor, invoice, priced, rosa):
    give_card(visitor, invoice, purse.ASKS)
    pay(visitor, invoice)
    payment = Payment.objects.get()
    type(invoice).objects.filter(pk=invoice.pk).update(voided_at=timezone.now())
    purse.answer(payment)
    from billing import paying

    assert paying.ask(payment).state == State.RETURNED
    run_due(kind="billing.pay_back")
    payment.refresh_from_db()
    assert payment.refunded == payment.amount
    assert customer_of(rosa.organization)


def test_a_member_s_own_payment_is_not_answered_nor_ended_by_the_link(visitor, invoice, rosa):
    """Whoever holds the link sees neither rosa's card nor the secret of her bank's question."""
    payment = paying.pay(invoice, purse.card(rosa, purse.ASKS), rosa)
    assert payment.state == State.NEEDS_ACTION
    for name in ("linked_invoice", "linked_bank"):
        assert visitor.get(reverse(name)).url == reverse("linked_status")
    assert visitor.post(reverse("linked_cancel")).url == reverse("linked_status")
    page = visitor.get(reverse("linked_status"))
    assert page.status_code == 200
    assert payment.card.last4 not in page.content.decode()
    payment.refresh_from_db()
    assert payment.state == State.NEEDS_ACTION
