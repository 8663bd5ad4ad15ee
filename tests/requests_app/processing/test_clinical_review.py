"""The Clinical Reviewer: told, assigned, and nothing goes out without their sign-off (product 6.4)."""

import pytest
from django.urls import reverse

from accounts.models import Role
from audit.models import Activity, MoveRefused, NotPermitted
from correspondence.models import Notice
from requests_app import readiness
from requests_app.models import RecordRequest, State
from requests_app.organization import reviewer
from requests_app.processing import pricing, review, signing_off, uploads
from requests_app.processing.review import Verdict
from tests import stage

pytestmark = pytest.mark.django_db
MUST = "Dora Example, your Clinical Reviewer, must sign off."


@pytest.fixture
def chosen(practice, clara, dora):
    reviewer.choose(practice, dora, by=clara)
    return dora


@pytest.fixture
def waiting(pending, chosen, clara):
    """Reviewed by clara; only dora's sign-off is left."""
    return fresh(stage.reviewed(pending, clara))


def fresh(record_request):
    return RecordRequest.objects.get(pk=record_request.pk)


def sign(record_request, by, done=True):
    signing_off.sign_off(fresh(record_request), by=by, done=done)
    return fresh(record_request)


def post(browser, record_request, done="1"):
    address = reverse("clinical_review", args=[record_request.public_id])
    return browser.post(address, {"done": done}, HTTP_REFERER="/")


def events(record_request):
    told = Activity.objects.of(record_request).filter(event__contains="sign")
    return [one.event for one in told if one.event not in ("assigned",)]


def test_when_the_review_begins_they_have_the_request_and_are_told(pending, chosen, clara):
    stage.upload(pending, clara, begin=True)
    assert fresh(pending).assigned_to == chosen.person
    notice = Notice.objects.get(event="request_to_review")
    assert (notice.person, notice.path) == (chosen.person, pending.get_absolute_url())
    assert Activity.objects.of(pending).get(event="assigned").details == {"to": "Dora Example"}


def test_a_request_that_somebody_takes_care_of_stays_theirs(pending, chosen, clara, carl):
    from requests_app.processing.assigning import assign

    assign(pending, carl, by=clara)
    stage.upload(pending, clara, begin=True)
    assert fresh(pending).assigned_to == carl.person
    assert Notice.objects.filter(event="request_to_review", person=chosen.person).exists()


def test_who_begins_it_themselves_needs_no_notice(pending, practice, clara):
    reviewer.choose(practice, clara, by=clara)
    stage.upload(pending, clara, begin=True)
    assert not Notice.objects.filter(event="request_to_review").exists()


def test_without_one_nothing_changes(pending, clara):
    stage.priced(pending, clara)
    assert fresh(pending).state == State.PRICED
    assert not Notice.objects.filter(event="request_to_review").exists()


def test_the_release_waits_for_the_sign_off(waiting, clara, chosen, as_):
    assert readiness.unreviewed(waiting) == [MUST]
    with pytest.raises(MoveRefused, match="must sign off"):
        pricing.release(waiting, by=clara)
    assert MUST in as_(clara).get(reverse("qa", args=[waiting.public_id])).content.decode()
    assert MUST in as_(clara).get(waiting.get_absolute_url()).content.decode()
    assert post(as_(chosen), waiting).status_code == 302
    pricing.release(fresh(waiting), by=clara)
    assert fresh(waiting).state == State.PRICED


def test_the_sign_off_says_who_and_when_and_is_told(waiting, clara, chosen, as_):
    post(as_(chosen), waiting)
    signed = fresh(waiting)
    assert signed.clinically_reviewed_by == chosen.person
    assert events(waiting) == ["signed_off"]
    page = as_(clara).get(reverse("qa", args=[waiting.public_id])).content.decode()
    assert "Signed off" in page
    assert "Finish QA and price" in page
    record = as_(clara).get(waiting.get_absolute_url() + "?activity=all").content.decode()
    assert "signed off the clinical review" in record


def test_twice_is_once_and_it_can_be_taken_back(waiting, chosen):
    for done in (True, True, False, False):
        sign(waiting, chosen, done)
    assert events(waiting) == ["signed_off", "sign_off_taken_back"]
    assert readiness.unreviewed(fresh(waiting)) == [MUST]


def test_nobody_else_signs_not_even_an_administrator(waiting, clara, carl, fred, rosa, sam, as_):
    for member in (clara, carl, fred, rosa):
        assert post(as_(member), waiting).status_code == 403
    assert post(as_(sam), waiting).status_code == 404
    with pytest.raises(NotPermitted):
        sign(waiting, clara)
    assert fresh(waiting).clinically_reviewed_at is None


def test_it_comes_last(in_review, chosen, as_):
    page = as_(chosen).get(reverse("qa", args=[in_review.public_id])).content.decode()
    assert "First every page needs a verdict" in page
    with pytest.raises(MoveRefused, match="3 pages still need a verdict"):
        sign(in_review, chosen)


def another_verdict(one, clara):
    review.decide(one.pages.first(), Verdict.REMOVED, by=clara)
    review.decide(one.pages.first(), Verdict.REMOVED, by=clara)


def the_same_verdict(one, clara):
    review.decide(one.pages.first(), Verdict.APPROVED, by=clara)


def a_turned_page(one, clara):
    review.rotate(one.pages.first(), 90, by=clara)


def a_new_file(one, clara):
    stage.upload(one, clara)


def a_removed_file(one, clara):
    uploads.remove(one.files.first(), by=clara)


def taken_back(one, clara):
    one.take_back(by=clara)


def sent_back(one, clara):
    one.mark_incomplete(by=clara, reason="expired")


@pytest.mark.parametrize("change", [another_verdict, a_new_file, a_removed_file])
def test_pages_that_change_need_another_sign_off(waiting, chosen, clara, change):
    sign(waiting, chosen)
    change(fresh(waiting), clara)
    assert fresh(waiting).clinically_reviewed_at is None
    assert events(waiting) == ["signed_off", "sign_off_lifted"]


@pytest.mark.parametrize("change", [the_same_verdict, a_turned_page])
def test_what_leaves_the_release_as_it_is_leaves_the_sign_off(waiting, chosen, clara, change):
    sign(waiting, chosen)
    change(fresh(waiting), clara)
    assert fresh(waiting).clinically_reviewed_at


@pytest.mark.parametrize("change", [taken_back, sent_back])
def test_a_new_review_needs_a_new_sign_off(waiting, chosen, clara, rosa, change):
    sign(waiting, chosen)
    one = fresh(waiting)
    change(one, clara)
    if one.state == State.INCOMPLETE:
        one.resubmit(by=rosa)
    one.begin_review(by=clara)
    assert readiness.unreviewed(fresh(waiting)) == [MUST]


@pytest.mark.parametrize("how", ["removed", "lowered", "inactive", "may not open requests"])
def test_a_reviewer_who_is_gone_is_no_dead_end(waiting, chosen, clara, as_, how):
    if how == "removed":
        chosen.remove(by=clara)
    elif how == "inactive":
        type(chosen.person).objects.filter(pk=chosen.person_id).update(is_active=False)
    else:
        held = ["view_requests"] if how == "lowered" else ["review_pages"]
        Role.objects.filter(pk=chosen.role_id).update(permissions=held)
    page = as_(clara).get(reverse("qa", args=[waiting.public_id])).content.decode()
    assert "review any more, so nobody" in page
    assert reverse("clinical_reviewer") in page
    pricing.release(fresh(waiting), by=clara)
    assert fresh(waiting).state == State.PRICED


def test_a_sign_off_that_was_given_stays_when_another_is_chosen(waiting, chosen, clara, carl, practice):
    sign(waiting, chosen)
    reviewer.choose(practice, carl, by=clara)
    assert readiness.unreviewed(fresh(waiting)) == []


def test_with_nobody_chosen_there_is_nothing_to_sign(in_review, dora):
    with pytest.raises(MoveRefused, match="no Clinical Reviewer"):
        sign(in_review, dora)


def test_a_sign_off_too_late_leads_to_the_request(waiting, chosen, clara, as_):
    waiting.mark_incomplete(by=clara, reason="expired")
    answer = as_(chosen).post(
        reverse("clinical_review", args=[waiting.public_id]), {"done": "1"}, follow=True
    )
    assert "This is Incomplete now" in answer.content.decode()
