"""A patient asks for their own records by the same wizard, and owes nobody a reason (product 1.4)."""

import pytest
from django.urls import reverse

from requests_app.intake.draft import DETAILS, Draft
from requests_app.standing import standing
from tests import cast, stage
from tests.requests_app.intake.test_payment_and_estimate import card

pytestmark = pytest.mark.django_db


@pytest.fixture
def paula():
    return cast.member("paula", cast.organization("Paula Example", "household"))


def test_no_reason_is_asked_of_a_patient(paula, custodian, as_):
    record_request = stage.draft(paula, custodian, reasons=[], delivery="")
    url = reverse("wizard_delivery", args=[record_request.batch_id])
    assert as_(paula).post(url, {"delivery": "download"}).status_code == 302
    record_request.batch.refresh_from_db()
    assert record_request.batch.reasons == []
    assert Draft(record_request.batch).is_done[DETAILS]


def test_a_firm_gives_one(rosa, custodian, as_):
    record_request = stage.draft(rosa, custodian, reasons=[], delivery="")
    url = reverse("wizard_delivery", args=[record_request.batch_id])
    assert as_(rosa).post(url, {"delivery": "download"}).status_code == 422


def test_a_patient_sees_no_fee_that_they_are_not_charged(paula, custodian, as_):
    record_request = stage.draft(paula, custodian)
    page = as_(paula).get(reverse("wizard_details", args=[record_request.batch_id])).content.decode()
    assert "no charge" in page
    assert not any(f"${one.fee}" in page for one in custodian.services.all())


def test_a_firm_sees_each_fee(rosa, custodian, as_):
    record_request = stage.draft(rosa, custodian)
    page = as_(rosa).get(reverse("wizard_details", args=[record_request.batch_id])).content.decode()
    assert all(f"${one.fee}" in page for one in custodian.services.all())


def test_whoever_agreed_to_a_charge_is_told_when_it_comes(paula, custodian, as_):
    record_request = stage.draft(paula, custodian)
    mine = card(paula)
    said = {"pay_by": "card", "card": mine.pk, "initials": "PE"}
    page = as_(paula).post(reverse("wizard_payment", args=[record_request.batch_id]), said, follow=True)
    assert "is charged the moment the records are ready, up to $250.00" in page.content.decode()


def test_who_pays_by_hand_sees_the_price_before(paula, custodian, as_):
    record_request = stage.draft(paula, custodian)
    url = reverse("wizard_payment", args=[record_request.batch_id])
    page = as_(paula).post(url, {"pay_by": "check"}, follow=True).content.decode()
    assert "You see the final price before you pay" in page


def test_a_patient_has_nobody_to_share_a_card_with(paula, custodian, as_):
    record_request = stage.draft(paula, custodian)
    card(paula)
    pages = [reverse("wizard_payment", args=[record_request.batch_id]), reverse("cards")]
    assert not any("Share Card" in as_(paula).get(url).content.decode() for url in pages)


def test_the_only_card_is_chosen_already(paula, custodian, as_):
    record_request = stage.draft(paula, custodian)
    url = reverse("wizard_payment", args=[record_request.batch_id])
    mine = card(paula)
    assert as_(paula).get(url).context["form"]["card"].value() == mine.pk
    card(paula, "pm_2", last4="1111")
    assert as_(paula).get(url).context["form"]["card"].value() is None


def test_a_patient_is_no_organization(paula, rosa, custodian):
    alone, firm = (standing(stage.draft(by, custodian), by).what_happened for by in (paula, rosa))
    assert (alone, firm) == (
        "This is a draft; nobody else sees it.",
        "This is a draft; only your organization sees it.",
    )
