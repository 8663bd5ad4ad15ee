"""What was signed must be what is submitted, and must still hold when it is released."""

from datetime import date, timedelta

import pytest

from audit.actors import SYSTEM
from audit.models import MoveRefused
from requests_app import readiness, turnaround
from requests_app.authorizations.signing import _a_year_from
from requests_app.models import Authorization, Patient, RecordRequest, State
from requests_app.reasons import IncompleteReason
from tests import stage

pytestmark = pytest.mark.django_db
CHANGES = [
    (RecordRequest, {"record_types": ["medical", "billing"]}),
    (RecordRequest, {"dates": "after", "dates_from": date(2020, 1, 1)}),
    (Patient, {"birth_date": date(1978, 11, 3)}),
    (Patient, {"last_name": "Wrong"}),
]


def expired():
    Authorization.objects.update(expires_on=turnaround.business_day() - timedelta(days=1))


@pytest.mark.parametrize(("model", "change"), CHANGES)
def test_sent_back_and_changed_it_needs_a_new_authorization(signed, clara, rosa, model, change):
    signed.mark_incomplete(by=clara, reason=IncompleteReason.DATES_MISSING)
    model.objects.update(**change)
    row = RecordRequest.objects.get(pk=signed.pk)
    with pytest.raises(MoveRefused, match="changed after the patient signed"):
        row.resubmit(by=rosa)


def test_sent_back_and_unchanged_it_goes_again(signed, clara, rosa):
    signed.mark_incomplete(by=clara, reason=IncompleteReason.ILLEGIBLE)
    signed.resubmit(by=rosa)
    assert signed.state == State.PENDING


def test_it_holds_for_a_year(signed):
    paper = signed.authorization
    assert paper.expires_on == _a_year_from(turnaround.business_day())
    Authorization.objects.update(expires_on=turnaround.business_day())
    assert readiness.forbidden(signed) == []


def test_a_leap_day_s_year_ends_a_day_earlier():
    assert _a_year_from(date(2024, 2, 29)) == date(2025, 2, 28)
    assert _a_year_from(date(2027, 2, 28)) == date(2028, 2, 28)


def test_expired_it_stops_the_review(pending, clara):
    stage.upload(pending, clara)
    expired()
    with pytest.raises(MoveRefused, match="authorization ended on"):
        pending.begin_review(by=clara)


def test_expired_it_stops_the_price(in_review, clara):
    stage.reviewed(in_review, clara)
    expired()
    with pytest.raises(MoveRefused, match="authorization ended on"):
        in_review.price(by=clara, total="1.00", pages=3)


def test_expired_it_stops_the_order(pending, clara):
    stage.priced(pending, clara)
    expired()
    with pytest.raises(MoveRefused, match="authorization ended on"):
        pending.order(by=SYSTEM)


def test_expired_it_can_t_be_submitted(signed, clara, rosa):
    signed.mark_incomplete(by=clara, reason=IncompleteReason.ILLEGIBLE)
    expired()
    with pytest.raises(MoveRefused, match="authorization ended on"):
        signed.resubmit(by=rosa)
