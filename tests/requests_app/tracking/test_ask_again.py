""" "Make a new request from it": one click, and a draft that asks for the same (product 1.10)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from audit.actors import SYSTEM
from chartrequest.days import business_day
from requests_app.models import Batch, RecordRequest, State
from requests_app.tracking import abandoning
from tests import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def lapsed(pending):
    pending.patient.keep_ssn("219099999")
    type(pending).objects.update(dates="after", dates_from=date(2024, 1, 2))
    pending.refresh_from_db()
    abandoning.lapse(pending, by=SYSTEM, swept="waited")
    return pending


@pytest.fixture
def ask_again(as_):
    def click(member, record_request, **options):
        return as_(member).post(reverse("ask_again", args=[record_request.public_id]), **options)

    return click


def made():
    """The newest request."""
    return RecordRequest.objects.order_by("-id").select_related("batch", "patient").first()


def test_it_asks_the_same_of_the_same(ask_again, rosa, lapsed):
    ask_again(rosa, lapsed)
    new = made()
    assert (new.state, new.custodian, new.record_types) == (State.DRAFT, lapsed.custodian, ["medical"])
    assert (new.dates, new.dates_from, new.batch.reasons) == ("after", date(2024, 1, 2), lapsed.batch.reasons)
    assert (new.batch.case_number, new.batch.pay_by) == ("24-CV-1187", "check")


def test_the_patient_is_written_down_anew_so_that_a_correction_changes_no_old_request(
    ask_again, rosa, lapsed
):
    ask_again(rosa, lapsed)
    new = made().patient
    assert new.pk != lapsed.patient_id
    assert (new.full_name, new.birth_date, new.ssn) == ("Thomas Wright", date(1978, 11, 2), "219099999")


def test_it_has_an_id_of_its_own_and_the_old_one_stays_as_it_is(ask_again, rosa, lapsed):
    ask_again(rosa, lapsed)
    assert made().public_id != lapsed.public_id
    lapsed.refresh_from_db()
    assert lapsed.state == State.CANCELED


def test_an_authorization_in_force_goes_along(ask_again, rosa, lapsed):
    ask_again(rosa, lapsed)
    assert made().authorization.document == lapsed.authorization.document


@pytest.mark.parametrize("ended", ["expires_on", "revoked_at"])
def test_one_that_has_ended_does_not(ask_again, rosa, lapsed, ended):
    paper = lapsed.authorization
    setattr(paper, ended, business_day() - timedelta(days=1) if ended == "expires_on" else lapsed.ended_at)
    paper.save()
    ask_again(rosa, lapsed)
    assert made().authorization is None


def test_the_estimate_is_approved_anew(ask_again, rosa, lapsed):
    answer = ask_again(rosa, lapsed)
    assert made().batch.estimate_approved_at is None
    assert answer.url == reverse("wizard_estimate", args=[made().batch_id])


def test_deleting_the_draft_leaves_the_old_request_its_authorization(ask_again, rosa, lapsed, as_):
    ask_again(rosa, lapsed)
    as_(rosa).post(reverse("wizard_delete", args=[made().batch_id]))
    assert Batch.objects.count() == 1
    assert lapsed.authorization.document.name == "authorization.pdf"


def test_what_goes_on_is_not_asked_again(ask_again, rosa, pending):
    answer = ask_again(rosa, pending, follow=True)
    assert "This has not ended" in answer.content.decode()
    assert Batch.objects.count() == 1


def test_of_a_custodian_that_nobody_answers_for_nothing_is_begun(ask_again, rosa, lapsed, practice):
    practice.suspend(by=SYSTEM, reason="Closed.")
    answer = ask_again(rosa, lapsed, follow=True)
    assert "Nobody answers for" in answer.content.decode()
    assert Batch.objects.count() == 1


def test_only_who_may_ask_may_ask_again(ask_again, clara, sam, lapsed):
    assert ask_again(clara, lapsed).status_code == 403
    assert ask_again(sam, lapsed).status_code == 404


def test_a_patient_asks_again(ask_again, pat, custodian, clara):
    own = stage.draft(pat, custodian, reasons=[], case_number="")
    own.submit(by=pat)
    abandoning.lapse(own, by=SYSTEM, swept="waited")
    ask_again(pat, own)
    assert made().organization == pat.organization
