"""Saved cards: added at the bank, kept once, shared, deleted; who may see and change which."""

from datetime import timedelta

import pytest
from django.urls import reverse

from audit.models import Activity
from billing import gateway
from billing.customers import customer_of
from billing.models import Card
from outbox.queue import run_due
from sandbox import bank
from sandbox.bank import faults
from tests.billing import purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
ADD = "card_add"


def given(browser, number=purse.GOOD, **query):
    """Open the page, type the card into the bank's field, come back."""
    page = browser.get(reverse(ADD), query)
    secret = page.context["client_secret"]
    bank.give_card(secret, number)
    return browser.get(reverse("card_added"), {"setup_intent": secret.partition("_secret")[0], **query})


def test_the_page_needs_a_fresh_sign_in(as_, rosa):
    answer = as_(rosa).get(reverse(ADD))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def test_after_five_minutes_it_is_asked_again(fresh, rosa):
    browser = fresh(rosa)
    session = browser.session
    session["account_authentication_methods"][0]["at"] -= timedelta(minutes=6).total_seconds()
    session.save()
    assert browser.get(reverse(ADD)).status_code == 302


def test_an_added_card_is_kept_without_its_number(fresh, rosa):
    given(fresh(rosa))
    card = Card.objects.get()
    assert (card.owner, card.brand, card.last4, card.is_shared) == (rosa.person, "visa", "4242", False)


def test_the_way_leads_back_to_where_one_came_from(fresh, rosa):
    assert given(fresh(rosa), next="/new/5/")["Location"] == "/new/5/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.test/", "//evil.test/", "javascript:alert(1)", "\\\\evil.test"]
)
def test_the_way_never_leads_elsewhere(fresh, rosa, elsewhere):
    assert given(fresh(rosa), next=elsewhere)["Location"] == reverse("cards")


def test_a_prepaid_card_is_refused_with_a_sentence_and_let_go(fresh, rosa):
    browser = fresh(rosa)
    answer = given(browser, purse.PREPAID)
    assert answer["Location"].startswith(reverse(ADD))
    assert "Prepaid" in browser.get(reverse("cards")).content.decode()
    assert not Card.objects.exists()


def test_the_same_number_stays_one_card(fresh, rosa):
    browser = fresh(rosa)
    given(browser)
    given(browser)
    assert Card.objects.count() == 1
    assert gateway.card(Card.objects.get().payment_method_id).customer_id


def test_coming_back_twice_is_once(fresh, rosa):
    browser = fresh(rosa)
    given(browser)
    setup = browser.get(reverse(ADD)).context["client_secret"].partition("_secret")[0]
    for _ in range(2):
        browser.get(reverse("card_added"), {"setup_intent": setup})
    assert Card.objects.count() == 1


def test_an_unfinished_setup_saves_nothing(fresh, rosa):
    browser = fresh(rosa)
    setup = browser.get(reverse(ADD)).context["client_secret"].partition("_secret")[0]
    assert browser.get(reverse("card_added"), {"setup_intent": setup})["Location"].startswith(reverse(ADD))
    assert not Card.objects.exists()


def test_somebody_else_s_setup_is_unknown(fresh, rosa, sam):
    setup = gateway.start_card_setup(customer_of(sam.organization, email="s@example.test"), key="k")
    bank.give_card(setup.client_secret)
    assert fresh(rosa).get(reverse("card_added"), {"setup_intent": setup.id}).status_code == 404
    assert not Card.objects.exists()


@pytest.mark.parametrize("setup", ["", "seti_none", "pi_1", "x" * 500])
def test_a_setup_that_doesn_t_exist_is_404(fresh, rosa, setup):
    assert fresh(rosa).get(reverse("card_added"), {"setup_intent": setup}).status_code == 404


def test_with_the_bank_away_the_page_says_so(fresh, rosa):
    faults.break_next(faults.TIMEOUT_BEFORE, path="customers")
    answer = fresh(rosa).get(reverse(ADD))
    assert answer.status_code == 503
    assert "has not answered" in answer.content.decode()


def test_a_shared_card_is_colleagues_to_use_and_it_is_logged(fresh, rosa, ruth, card):
    fresh(rosa).post(reverse("card_share", args=[card.pk]), {"shared": "yes"})
    assert list(Card.objects.usable_by(ruth)) == [card]
    assert Activity.objects.of(card).filter(event="card_shared", person=rosa.person).exists()


def test_it_can_be_taken_back(fresh, rosa, ruth, card):
    card.share(True, by=rosa)
    fresh(rosa).post(reverse("card_share", args=[card.pk]), {"shared": "no"})
    assert not Card.objects.usable_by(ruth).exists()


@pytest.mark.parametrize("verb", ["card_share", "card_remove"])
def test_a_colleague_sees_a_shared_card_and_can_t_change_it(fresh, rosa, ruth, card, verb):
    address = reverse(verb, args=[card.pk])
    assert fresh(ruth).get(address).status_code == 404
    card.share(True, by=rosa)
    assert fresh(ruth).post(address).status_code == 403


@pytest.mark.parametrize("verb", ["card_share", "card_remove"])
def test_a_stranger_gets_404(fresh, sam, card, verb):
    assert fresh(sam).post(reverse(verb, args=[card.pk])).status_code == 404


def test_deleting_asks_first(fresh, rosa, card):
    browser, address = fresh(rosa), reverse("card_remove", args=[card.pk])
    assert "Delete Credit Card" in browser.get(address).content.decode()
    assert Card.objects.usable_by(rosa).exists()
    browser.post(address)
    assert not Card.objects.usable_by(rosa).exists()


def test_a_deleted_card_is_let_go_at_the_bank(fresh, rosa, card):
    fresh(rosa).post(reverse("card_remove", args=[card.pk]))
    run_due(kind="billing.forget_card")
    assert gateway.card(card.payment_method_id).customer_id == ""


def test_a_role_without_requests_has_no_cards(fresh, dora):
    assert fresh(dora).get(reverse("cards")).status_code == 403


def test_anonymous_people_sign_in_first(client, db):
    assert client.get(reverse("cards")).status_code == 302


def test_a_household_s_name_stays_here(db):
    from sandbox.models import Customer
    from tests import cast

    home = cast.member("tom", cast.organization("Thomas Wright", "household"))
    customer_of(home.organization, email="tom@example.test")
    assert "Wright" not in Customer.objects.get().name


def test_a_requestor_s_stand_in_my_organization(fresh, rosa, ruth, clara):
    browser = fresh(rosa)
    page = browser.get(reverse("my_organization"))
    assert "Credit cards" in page.content.decode()
    assert given(browser, next=reverse("my_organization"))["Location"] == reverse("my_organization")
    assert "4242" in browser.get(reverse("my_organization")).content.decode()
    assert "4242" not in fresh(ruth).get(reverse("my_organization")).content.decode()  # not shared
    assert "Credit cards" not in fresh(clara).get(reverse("my_organization")).content.decode()
