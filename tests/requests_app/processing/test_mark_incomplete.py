import pytest
from django.urls import reverse

from audit.models import Activity
from correspondence.models import Notice
from requests_app.models import Authorization
from tests import stage


@pytest.fixture
def address(pending):
    return reverse("mark_incomplete", args=[pending.public_id])


def test_the_request_goes_back_with_its_reason(pending, address, clara, as_):
    answer = as_(clara).post(address, {"reason": "not_signed", "comment": "Page 2 has no signature."})
    assert answer.url == pending.get_absolute_url()
    pending.refresh_from_db()
    assert (pending.state, pending.incomplete_reason, pending.rejections) == ("incomplete", "not_signed", 1)


def test_the_requestor_is_told_and_the_notice_says_nothing_about_the_patient(pending, address, clara, as_):
    as_(clara).post(address, {"reason": "not_signed"})
    notice = Notice.objects.get(event="request_incomplete")
    assert notice.person == pending.batch.owner
    assert "Wright" not in str(notice.__dict__)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose what is wrong."),
        ({"reason": "nonsense"}, "Choose one of these."),
        ({"reason": "other"}, "Say what is missing."),
        ({"reason": "other", "comment": "  \u200b "}, "Say what is missing."),
        ({"reason": "other", "comment": "x" * 1001}, "Use at most 1000 characters"),
        ({"reason": "other", "comment": "a\u202eb"}, "characters that can"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(said, sentence, pending, address, clara, as_):
    answer = as_(clara).post(address, said)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    pending.refresh_from_db()
    assert pending.state == "pending"


def test_a_reviewer_may_but_front_desk_may_not(address, dora, fred, as_):
    assert as_(dora).get(address).status_code == 200
    assert as_(fred).post(address, {"reason": "expired"}).status_code == 403


def test_the_requestor_may_not(address, rosa, as_):
    assert as_(rosa).post(address, {"reason": "expired"}).status_code == 403


def test_a_stranger_gets_404(address, sam, as_):
    assert as_(sam).get(address).status_code == 404


def test_the_second_clerk_is_told(pending, address, clara, carl, as_):
    pending.mark_incomplete(by=carl, reason="expired")
    answer = as_(clara).post(address, {"reason": "not_signed"}, follow=True)
    assert "This is Incomplete now" in answer.content.decode()
    pending.refresh_from_db()
    assert pending.rejections == 1


def test_what_comes_back_shows_what_is_new_and_why_it_was_sent_back(pending, clara, rosa, as_):
    pending.mark_incomplete(by=clara, reason="not_signed")
    pending.authorizations.update(replaced_at="2026-01-01T00:00:00Z")
    Authorization.objects.create(
        record_request=pending,
        kind="general",
        document=stage.take_in(stage.pdf_file(title="new"), use=stage.Use.AUTHORIZATION, by=rosa),
    )
    pending.resubmit(by=rosa)
    shown = as_(clara).get(pending.get_absolute_url()).content.decode()
    assert "Corrected: the authorization is new." in shown
    assert "Clara Example: Authorization not signed" in shown


def test_a_return_without_a_new_authorization_says_so(pending, clara, rosa, as_):
    pending.mark_incomplete(by=clara, reason="dates_missing")
    pending.resubmit(by=rosa)
    shown = as_(clara).get(pending.get_absolute_url()).content.decode()
    assert "the authorization is the one you had" in shown


def test_records_uploaded_before_stay(in_review, clara):
    in_review.mark_incomplete(by=clara, reason="wrong_patient")
    assert in_review.pages.kept().count() == 3
    assert Activity.objects.of(in_review).filter(event="mark_incomplete").count() == 1
