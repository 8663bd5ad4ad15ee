import pytest
from django.urls import reverse

from audit.models import Activity, MoveRefused
from requests_app.models import State
from requests_app.processing import review, uploads
from requests_app.processing.review import Verdict
from tests import stage


def at(record_request, name="qa", *more):
    return reverse(name, args=[record_request.public_id, *more])


@pytest.fixture
def pages(in_review):
    return list(in_review.pages.kept())


def verdicts(record_request):
    return list(record_request.pages.kept().values_list("verdict", flat=True))


def test_it_opens_at_the_first_page_without_a_verdict(in_review, pages, clara, as_):
    review.decide(pages[0], Verdict.APPROVED, by=clara)
    assert as_(clara).get(at(in_review)).context["leaf"].pk == pages[1].pk


def test_a_verdict_leads_to_the_next_page_that_needs_one(in_review, pages, dora, as_):
    review.decide(pages[1], Verdict.APPROVED, by=dora)
    answer = as_(dora).post(at(in_review, "approve_page", pages[0].pk))
    assert answer.url == at(in_review, "qa_page", pages[2].pk)


def test_behind_the_last_page_it_goes_on_with_those_left_out(in_review, pages, dora, as_):
    answer = as_(dora).post(at(in_review, "remove_page", pages[2].pk))
    assert answer.url == at(in_review, "qa_page", pages[0].pk)


def test_each_verdict_is_an_entry_of_the_activity(in_review, pages, dora, as_):
    as_(dora).post(at(in_review, "approve_page", pages[0].pk))
    as_(dora).post(at(in_review, "remove_page", pages[1].pk))
    told = Activity.objects.of(in_review).filter(event__in=["page_approved", "page_removed"])
    assert [(entry.event, entry.details["page"], entry.person_id) for entry in told] == [
        ("page_approved", 1, dora.person_id),
        ("page_removed", 2, dora.person_id),
    ]


def test_of_two_reviewers_the_last_verdict_counts_and_both_are_logged(in_review, pages, dora, carl):
    review.decide(pages[0], Verdict.APPROVED, by=dora)
    decided = review.decide(pages[0], Verdict.REMOVED, by=carl)
    assert (decided.verdict, decided.reviewed_by_id) == ("removed", carl.person_id)
    assert Activity.objects.of(in_review).filter(event__startswith="page_").count() == 2


def test_a_removed_page_can_be_brought_back(in_review, pages, dora, as_):
    review.decide(pages[0], Verdict.REMOVED, by=dora)
    as_(dora).post(at(in_review, "reopen_page", pages[0].pk))
    assert verdicts(in_review) == ["", "", ""]


def test_undo_takes_back_the_last_verdict_and_shows_its_page(in_review, pages, dora, as_):
    as_(dora).post(at(in_review, "approve_page", pages[0].pk))
    as_(dora).post(at(in_review, "approve_page", pages[1].pk))
    answer = as_(dora).post(at(in_review, "undo_verdict"))
    assert answer.url == at(in_review, "qa_page", pages[1].pk)
    assert verdicts(in_review) == ["approved", "", ""]


def test_undo_leaves_a_colleagues_verdict_alone(in_review, pages, dora, carl):
    review.decide(pages[0], Verdict.APPROVED, by=carl)
    with pytest.raises(MoveRefused):
        review.undo(in_review, by=dora)


def test_four_quarter_turns_are_none(in_review, pages, dora, as_):
    seen = []
    for _ in range(4):
        as_(dora).post(at(in_review, "rotate_page", pages[0].pk))
        pages[0].refresh_from_db()
        seen.append(pages[0].rotation)
    assert seen == [90, 180, 270, 0]


def test_it_turns_the_other_way_too(in_review, pages, dora, as_):
    as_(dora).post(at(in_review, "rotate_page", pages[0].pk), {"direction": "left"})
    pages[0].refresh_from_db()
    assert pages[0].rotation == 270


def test_finishing_waits_for_the_pages_and_says_how_many(in_review, pages, clara, as_):
    review.decide(pages[0], Verdict.APPROVED, by=clara)
    assert "Finish QA and price (2 pages left)" in as_(clara).get(at(in_review)).content.decode()


def test_finishing_waits_for_the_checklist(in_review, clara, practice, as_):
    item = practice.checklist.create(text="Name and date of birth match")
    for page in in_review.pages.all():
        review.decide(page, Verdict.APPROVED, by=clara)
    assert "Finish the review checklist." in as_(clara).get(at(in_review)).content.decode()
    as_(clara).post(at(in_review, "tick_checklist", item.pk), {"done": "1"})
    assert reverse("price", args=[in_review.public_id]) in as_(clara).get(at(in_review)).content.decode()


def test_a_tick_can_be_cleared_and_twice_is_once(in_review, clara, practice):
    item = practice.checklist.create(text="Name and date of birth match")
    for done in (True, True, False):
        review.tick(in_review, item, by=clara, done=done)
    events = Activity.objects.of(in_review).filter(event__startswith="checklist_")
    assert [entry.event for entry in events] == ["checklist_ticked", "checklist_cleared"]


def test_another_practices_checklist_is_404(in_review, clara, firm, as_):
    item = firm.checklist.create(text="Not yours")
    assert as_(clara).post(at(in_review, "tick_checklist", item.pk), {"done": "1"}).status_code == 404


def test_there_is_no_verdict_without_the_review(pending, clara):
    stage.upload(pending, clara)
    with pytest.raises(MoveRefused):
        review.decide(pending.pages.get(), Verdict.APPROVED, by=clara)


def test_a_page_whose_file_is_gone_is_told(in_review, pages, clara):
    uploads.remove(pages[0].file, by=clara)
    with pytest.raises(MoveRefused, match="removed meanwhile"):
        review.decide(pages[0], Verdict.APPROVED, by=clara)


def test_a_verdict_that_comes_too_late_leads_to_the_request(in_review, pages, clara, dora, as_):
    in_review.mark_incomplete(by=clara, reason="expired")
    answer = as_(dora).post(at(in_review, "approve_page", pages[0].pk), follow=True)
    assert answer.redirect_chain[-1][0] == in_review.get_absolute_url()
    assert "This is Incomplete now" in answer.content.decode()


def test_front_desk_may_not_review(in_review, pages, fred, as_):
    assert as_(fred).get(at(in_review)).status_code == 403
    assert as_(fred).post(at(in_review, "approve_page", pages[0].pk)).status_code == 403


def test_the_requestor_never_sees_a_page(in_review, pages, rosa, as_):
    for name in ("qa_page", "page_picture", "page_thumbnail"):
        assert as_(rosa).get(at(in_review, name, pages[0].pk)).status_code == 403


def test_a_stranger_gets_404(in_review, pages, sam, as_):
    for name in ("qa_page", "page_picture", "page_thumbnail"):
        assert as_(sam).get(at(in_review, name, pages[0].pk)).status_code == 404


def test_a_page_of_another_request_is_404(in_review, pages, rosa, custodian, clara, as_):
    other = stage.draft(rosa, custodian)
    other.submit(by=rosa)
    stage.upload(other, clara, begin=True)
    for name in ("qa_page", "page_picture", "page_thumbnail"):
        assert as_(clara).get(at(other, name, pages[0].pk)).status_code == 404
    assert as_(clara).post(at(other, "approve_page", pages[0].pk)).status_code == 404


def test_looking_is_written_down_once_for_each_file_and_hour(in_review, pages, dora, as_):
    for page in pages:
        as_(dora).get(at(in_review, "qa_page", page.pk))
        as_(dora).get(at(in_review, "page_thumbnail", page.pk))
    assert Activity.objects.of(in_review).filter(event="viewed_records").count() == 1


def test_a_picture_is_never_kept_by_the_browser(in_review, pages, dora, as_):
    picture = as_(dora).get(at(in_review, "page_picture", pages[0].pk))
    assert picture["Content-Type"] == "image/jpeg"
    assert "no-store" in picture["Cache-Control"]


def test_five_hundred_pages_cost_no_more_queries_than_three(
    in_review, clara, as_, django_assert_max_num_queries
):
    stage.upload(in_review, clara, pages=500)
    browser = as_(clara)
    browser.get(at(in_review))  # the first look is written down
    with django_assert_max_num_queries(12):
        shown = browser.get(at(in_review)).content.decode()
    assert shown.count('class="thumb') < 70 * 3
    assert "Finish QA and price (503 pages left)" in shown


def test_beginning_needs_a_page(pending, clara, as_):
    answer = as_(clara).post(at(pending, "begin_review"), follow=True)
    assert "Upload the records first." in answer.content.decode()


def test_who_begins_and_may_review_goes_straight_there(pending, clara, as_):
    stage.upload(pending, clara)
    assert as_(clara).post(at(pending, "begin_review")).url == at(pending)


def test_who_begins_and_may_not_review_stays_on_the_request(pending, fred, as_):
    stage.upload(pending, fred)
    assert as_(fred).post(at(pending, "begin_review")).url == pending.get_absolute_url()


def test_stopping_the_review_keeps_the_verdicts(in_review, pages, clara, as_):
    review.decide(pages[0], Verdict.APPROVED, by=clara)
    as_(clara).post(at(in_review, "take_back"))
    in_review.refresh_from_db()
    assert in_review.state == State.PENDING
    assert verdicts(in_review) == ["approved", "", ""]
