"""A patient's own request: answered in 30 days, once in 60, and both sides see until when (product 1.13)."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from audit.models import MoveRefused, NotPermitted
from chartrequest.days import business_day
from correspondence.models import Notice
from requests_app import right_of_access
from requests_app.processing import extending
from requests_app.standing import standing
from tests import cast, stage

pytestmark = pytest.mark.django_db
WHY = "The records are on paper in another building."


@pytest.fixture
def pat():
    return cast.member("pat", cast.organization("Pat Example", "household"))


@pytest.fixture
def own(pat, custodian):
    """Pat's own request, submitted today."""
    record_request = stage.draft(pat, custodian)
    record_request.submit(by=pat)
    return record_request


def after(days):
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


def day(days):
    return f"{business_day() + timedelta(days=days):%b %-d, %Y}"


def test_both_sides_see_until_when(own, pat, clara):
    said = f"By law it is answered by {day(30)} at the latest."
    assert said in standing(own, pat).by_when
    assert said in standing(own, clara).by_when


def test_the_clock_runs_on_while_it_waits_for_the_patient(own, pat, clara):
    own.mark_incomplete(by=clara, reason="not_signed")
    assert day(30) in standing(own, pat).by_when


def test_a_firm_s_request_has_no_such_clock(pending, rosa, clara):
    assert "By law" not in standing(pending, rosa).by_when
    with pytest.raises(MoveRefused):
        extending.extend(pending, by=clara, why=WHY)


def test_the_practice_takes_30_days_more_and_the_patient_reads_why(own, pat, clara):
    extending.extend(own, by=clara, why=WHY)
    own.refresh_from_db()
    assert right_of_access.answer_by(own) == business_day() + timedelta(days=60)
    said = standing(own, pat).by_when
    assert WHY in said
    assert day(60) in said
    notice = Notice.objects.get(event="answer_extended")
    assert notice.address == pat.person.email


def test_it_is_taken_once(own, clara):
    extending.extend(own, by=clara, why=WHY)
    with pytest.raises(MoveRefused, match="allows that once"):
        extending.extend(own, by=clara, why=WHY)


@pytest.mark.parametrize(("days", "refused"), [(30, False), (31, True)])
def test_it_is_taken_within_the_first_30_days(own, clara, days, refused):
    with after(days):
        assert bool(right_of_access.why_not_extended(own)) is refused


def test_what_is_late_is_said(own, pat):
    said = f"By law it had to be answered by {day(30)}."
    with after(31):
        assert said in standing(own, pat).by_when


def test_an_extension_of_before_it_was_reopened_counts_no_more(own, clara):
    extending.extend(own, by=clara, why=WHY)
    own.refresh_from_db()
    own.reopened_at = timezone.now() + timedelta(days=70)
    with after(70):
        assert not right_of_access.is_extended(own)
        assert right_of_access.why_not_extended(own) == ""


def test_who_may_not_answer_may_not_extend(own, dora):
    with pytest.raises(NotPermitted):
        extending.extend(own, by=dora, why=WHY)


def test_the_page_asks_why_and_leads_back(own, clara, as_):
    url = reverse("extend_answer", args=[own.public_id])
    assert day(60) in as_(clara).get(url).content.decode()
    assert as_(clara).post(url, {"why": " "}).status_code == 422
    assert as_(clara).post(url, {"why": WHY})["Location"] == own.get_absolute_url()
    assert url not in as_(clara).get(own.get_absolute_url()).content.decode()


def test_the_request_leads_there(own, clara, as_):
    url = reverse("extend_answer", args=[own.public_id])
    assert url in as_(clara).get(own.get_absolute_url()).content.decode()
