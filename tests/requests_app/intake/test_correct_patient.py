"""The custodian does not find the patient: name and birth date can be corrected before resubmitting (product 1.5)."""

from datetime import date

import pytest
from django.urls import reverse

from audit.models import Activity

NEW = {"first_name": "Tomas", "middle_name": "", "last_name": "Wright", "birth_date": "11/03/1978"}


@pytest.fixture
def sent_back(pending, clara):
    pending.patient.keep_ssn("000006789"[-4:])
    pending.mark_incomplete(by=clara, reason="wrong_patient")
    return pending


def address(record_request):
    return reverse("request_correct_patient", args=[record_request.public_id])


def test_it_is_for_another_patient_from_then_on(sent_back, rosa, as_):
    as_(rosa).post(address(sent_back), NEW)
    sent_back.refresh_from_db()
    patient = sent_back.patient
    assert (patient.first_name, patient.birth_date, patient.ssn) == ("Tomas", date(1978, 11, 3), "6789")
    assert Activity.objects.of(sent_back).filter(event="patient_changed").count() == 1


def test_requests_made_with_the_earlier_patient_keep_it(sent_back, rosa, as_):
    as_(rosa).post(address(sent_back), NEW)
    sent_back.batch.refresh_from_db()
    assert sent_back.batch.patient.first_name == "Thomas"


def test_what_is_no_date_is_said_and_kept(sent_back, rosa, as_):
    answer = as_(rosa).post(address(sent_back), NEW | {"birth_date": "13/30/1978"})
    assert answer.status_code == 422
    assert b"13/30/1978" in answer.content
    sent_back.refresh_from_db()
    assert sent_back.patient.first_name == "Thomas"


def test_only_while_it_is_sent_back(pending, rosa, as_):
    assert as_(rosa).post(address(pending), NEW).status_code == 302
    pending.refresh_from_db()
    assert pending.patient.first_name == "Thomas"


def test_nor_by_the_practice(sent_back, clara, as_):
    assert as_(clara).post(address(sent_back), NEW).status_code == 403
