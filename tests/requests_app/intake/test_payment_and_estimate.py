from decimal import Decimal

import pytest
from django.urls import reverse

from billing.models import Card, CardAgreement, Ceiling, Quote
from requests_app.intake import estimating
from requests_app.intake.draft import Draft
from tests import cast, stage
from tests.requests_app.intake.conftest import wish

pytestmark = pytest.mark.django_db


def card(member, name="pm_1", **said):
    given = {"brand": "Visa", "last4": "4242", "exp_month": 12, "exp_year": 2099} | said
    return Card.objects.create(
        organization=member.organization, owner=member.person, payment_method_id=name, **given
    )


def test_check_is_kept(go, batch):
    assert go("wizard_payment", batch.pk, post={"pay_by": "check"}).url.endswith("/estimate/")
    batch.refresh_from_db()
    assert batch.has_way_to_pay


def test_an_own_card_is_kept(go, batch, rosa):
    mine = card(rosa)
    go("wizard_payment", batch.pk, post={"pay_by": "card", "card": mine.pk})
    batch.refresh_from_db()
    assert batch.card == mine


def test_a_shared_card_of_a_colleague_can_be_used(go, batch, ruth):
    shared = card(ruth, is_shared=True)
    go("wizard_payment", batch.pk, post={"pay_by": "card", "card": shared.pk})
    batch.refresh_from_db()
    assert batch.card == shared


def test_others_cards_are_neither_shown_nor_taken(go, batch, ruth, sam):
    for theirs in (card(ruth, "pm_2", last4="1111"), card(sam, "pm_3", last4="2222", is_shared=True)):
        assert theirs.last4 not in go("wizard_payment", batch.pk).content.decode()
        answer = go("wizard_payment", batch.pk, post={"pay_by": "card", "card": theirs.pk})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["card"])


@pytest.mark.parametrize(
    "said", [{}, {"pay_by": "cash"}, {"pay_by": "card"}, {"pay_by": "card", "card": "9223372036854775808"}]
)
def test_a_bad_way_to_pay_is_refused(go, batch, said):
    assert go("wizard_payment", batch.pk, post=said).status_code == 422


def test_an_expired_card_is_refused(go, batch, rosa):
    old = card(rosa, exp_year=2020)
    answer = go("wizard_payment", batch.pk, post={"pay_by": "card", "card": old.pk})
    assert "expired" in str(answer.context["form"].errors["card"])


def test_a_removed_card_is_no_way_to_pay(batch, rosa):
    batch.pay_by, batch.card = "card", card(rosa)
    assert batch.has_way_to_pay
    batch.card.removed_at = batch.created_at
    assert not batch.has_way_to_pay


def test_the_estimate_adds_up(go, two):
    batch = two[0].batch
    specify_all(go, two)
    found = estimating.estimates(Draft(batch))
    sums = [sum(Decimal(line["amount"]) for line in one.reckoned.lines) for one in found]
    assert [one.reckoned.total for one in found] == sums
    assert estimating.total(found) == sum(sums)
    assert estimating.total(found) > 0


def test_the_page_shows_total_and_a_breakdown_for_each(go, two):
    specify_all(go, two)
    page = go("wizard_estimate", two[0].batch_id)
    assert len(page.context["estimates"]) == 2
    assert f"${page.context['total']}" in page.content.decode()


def test_approving_keeps_a_quote_for_each(go, two):
    specify_all(go, two)
    batch = two[0].batch
    total = go("wizard_estimate", batch.pk).context["total"]
    go("wizard_estimate", batch.pk, post={"seen": total})
    batch.refresh_from_db()
    assert batch.estimate_approved_at
    assert sum(quote.total for quote in Quote.objects.filter(kind="estimate")) == total


@pytest.mark.parametrize("seen", ["", "0.01", "NaN", "1e9"])
def test_another_total_than_the_one_shown_is_not_approved(go, two, seen):
    specify_all(go, two)
    answer = go("wizard_estimate", two[0].batch_id, post={"seen": seen})
    assert answer.status_code == 422
    assert not Quote.objects.exists()


def test_no_estimate_before_the_details(go, asked):
    assert go("wizard_estimate", asked.batch_id).url.endswith("/details/")
    assert not Quote.objects.exists()


def specify_all(go, two):
    go("wizard_details", two[0].batch_id, post=wish(two[0]) | wish(two[1], is_rush="on"))
    go("wizard_delivery", two[0].batch_id, post={"delivery": "download", "reasons": ["ere"]})


@pytest.fixture
def at_home(custodian, as_):
    """A patient's draft, and their browser at the payment step."""
    pat = cast.member("pat", cast.organization("Pat Example", "household"))
    one = stage.draft(pat, custodian, pay_by="", reasons=[])
    browser, address = as_(pat), reverse("wizard_payment", args=[one.batch_id])
    return (
        pat,
        one.batch,
        lambda post=None: browser.get(address) if post is None else browser.post(address, post),
    )


def test_a_patient_authorizes_the_card_by_initials(at_home):
    pat, batch, go = at_home
    assert "$250.00" in go().content.decode()
    go({"pay_by": "card", "card": card(pat).pk, "initials": " p. e. "})
    batch.refresh_from_db()
    agreement = batch.card_agreement
    assert (agreement.initials, agreement.up_to, agreement.card) == ("PE", Decimal("250.00"), batch.card)
    assert batch.has_way_to_pay


@pytest.mark.parametrize("initials", ["", "  ", "12", "<b>", "ABCDEF", "=A1"])
def test_without_initials_a_patient_s_card_is_not_taken(at_home, initials):
    pat, batch, go = at_home
    answer = go({"pay_by": "card", "card": card(pat).pk, "initials": initials})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["initials"])
    batch.refresh_from_db()
    assert not batch.has_way_to_pay


def test_a_patient_who_pays_by_check_needs_no_initials(at_home):
    _pat, _batch, go = at_home
    assert go({"pay_by": "check"}).status_code == 302


def test_a_patient_s_card_without_their_word_is_no_way_to_pay(at_home):
    pat, batch, _go = at_home
    batch.pay_by, batch.card = "card", card(pat)
    assert not batch.has_way_to_pay


def test_the_same_answers_again_keep_the_same_word(at_home):
    pat, _batch, go = at_home
    said = {"pay_by": "card", "card": card(pat).pk, "initials": "PE"}
    for _time in range(2):
        go(said)
    assert CardAgreement.objects.count() == 1


def test_a_firm_without_a_ceiling_is_not_offered_to_be_charged_by_itself(go, batch, rosa):
    assert "by_itself" not in go("wizard_payment", batch.pk).context["form"].fields
    go("wizard_payment", batch.pk, post={"pay_by": "card", "card": card(rosa).pk, "by_itself": "on"})
    batch.refresh_from_db()
    assert batch.card_agreement is None


@pytest.mark.parametrize("ticked", [True, False])
def test_a_firm_with_a_ceiling_says_whether_the_card_is_charged_by_itself(go, batch, rosa, ticked):
    Ceiling.put(rosa.organization, Decimal("80.00"), by=rosa)
    said = {"pay_by": "card", "card": card(rosa).pk} | ({"by_itself": "on"} if ticked else {})
    go("wizard_payment", batch.pk, post=said)
    batch.refresh_from_db()
    assert (batch.card_agreement.up_to if ticked else batch.card_agreement) == (
        Decimal("80.00") if ticked else None
    )


def test_another_way_to_pay_ends_the_word(at_home):
    pat, batch, go = at_home
    go({"pay_by": "card", "card": card(pat).pk, "initials": "PE"})
    go({"pay_by": "check"})
    batch.refresh_from_db()
    assert (batch.card, batch.card_agreement) == (None, None)
