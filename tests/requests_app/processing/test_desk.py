import pytest

from requests_app.processing import review
from tests import stage


def shown(as_, member, record_request):
    return as_(member).get(record_request.get_absolute_url()).content.decode()


def test_the_authorization_stands_page_by_page_beside_the_request(pending, clara, as_):
    assert f"/requests/{pending.public_id}/authorization/1/" in shown(as_, clara, pending)


def test_a_page_of_the_practice_costs_at_most_fifteen_queries(
    in_review, clara, as_, django_assert_max_num_queries
):
    browser = as_(clara)
    browser.get(in_review.get_absolute_url())  # the first look is written down
    with django_assert_max_num_queries(15):
        browser.get(in_review.get_absolute_url())


def test_buttons_are_those_of_the_role(in_review, clara, dora, fred, as_):
    buttons = {
        member: [
            word
            for word in ("Review pages", "Mark as Incomplete", "Stop the review", "Upload")
            if f"{word}</" in shown(as_, member, in_review)
        ]
        for member in (clara, dora, fred)
    }
    assert buttons == {
        clara: ["Review pages", "Mark as Incomplete", "Stop the review", "Upload"],
        dora: ["Review pages", "Mark as Incomplete"],
        fred: ["Stop the review", "Upload"],
    }


def test_pricing_is_offered_once_every_page_has_a_verdict(in_review, clara, as_):
    assert "Price and release" not in shown(as_, clara, in_review)
    for page in in_review.pages.all():
        review.decide(page, review.Verdict.APPROVED, by=clara)
    assert "Price and release" in shown(as_, clara, in_review)


def test_the_requestor_sees_no_files_and_no_desk(in_review, rosa, as_):
    page = shown(as_, rosa, in_review)
    assert "records.pdf" not in page
    assert "Assigned to" not in page


@pytest.mark.parametrize("state", ["pending", "incomplete", "qa", "priced"])
def test_each_state_says_who_acts_next(state, pending, clara, rosa, as_):
    if state == "incomplete":
        pending.mark_incomplete(by=clara, reason="expired")
    if state == "qa":
        stage.upload(pending, clara, begin=True)
    if state == "priced":
        stage.priced(pending, clara)
    ours = "Your practice acts next." in shown(as_, clara, pending)
    theirs = "You act next." in shown(as_, rosa, pending)
    assert (ours, theirs) == {"pending": (1, 0), "qa": (1, 0), "incomplete": (0, 1), "priced": (0, 1)}[state]
