"""A patient asks for their own records by the same wizard, and owes nobody a reason (product 1.4)."""

import pytest
from django.urls import reverse

from requests_app.intake.draft import DETAILS, Draft
from tests import cast, stage

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
