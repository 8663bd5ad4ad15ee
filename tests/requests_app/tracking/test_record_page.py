"""The page of a request, for both sides: what it shows, to whom, and what looking at it leaves behind."""

import pytest
from django.urls import reverse
from zeal import zeal_context

from audit.models import Activity
from outbox.queue import run_due
from requests_app import viewing
from tests import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(look):
    """`page(rosa, request)` is the HTML that this person sees."""

    def html(member, record_request, **query):
        answer = look(member, record_request.get_absolute_url(), **query)
        assert answer.status_code == 200
        return answer.content.decode()

    return html


@pytest.fixture
def completed(pending, clara, rosa):
    """A whole life, with a rejection, messages and a rotated page in it."""
    pending.mark_incomplete(by=clara, reason="illegible")
    pending.resubmit(by=rosa)
    pending.thread.post(by=clara, body="Which years?")
    pending.thread.post(by=rosa, body="All of them.")
    stage.priced(pending, clara, pages=3)
    pending.invoices.get().settle(by=clara)
    run_due()
    pending.refresh_from_db()
    return pending


def looks(record_request):
    return list(
        Activity.objects.of(record_request).filter(event="viewed").values_list("actor_name", flat=True)
    )


def test_it_names_no_patient_in_the_title(page, rosa, pending):
    title = page(rosa, pending).split("</title>")[0]
    assert str(pending) in title
    assert "Wright" not in title


def test_a_stranger_gets_the_404_of_a_request_that_is_not_there(look, sam, pending):
    assert look(sam, pending.get_absolute_url()).status_code == 404
    assert look(sam, reverse("record_request", args=["4820117394"])).status_code == 404


@pytest.mark.parametrize("public_id", ["0", "-1", "99999999999999999999", "４８２０１１７３９４", "x", "%00"])
def test_an_odd_address_is_not_found(as_, rosa, public_id):
    assert as_(rosa).get(f"/requests/{public_id}/").status_code in (400, 404)


def test_a_draft_is_its_owners_alone(look, rosa, clara, draft):
    html = look(rosa, draft.get_absolute_url()).content.decode()
    assert "Continue this draft" in html
    assert look(clara, draft.get_absolute_url()).status_code == 404


def test_without_the_permission_it_is_403(look, rosa, pending):
    rosa.role.permissions = ["make_requests"]
    rosa.role.save()
    assert look(rosa, pending.get_absolute_url()).status_code == 403


def test_both_sides_see_the_details_but_only_the_requestor_the_case(page, rosa, clara, pending):
    for member in (rosa, clara):
        html = page(member, pending)
        assert "Thomas Wright" in html
        assert "Litigation" in html
    assert "24-CV-1187" in page(rosa, pending)
    assert "24-CV-1187" not in page(clara, pending)


def test_the_whole_number_of_social_security_is_shown_by_a_logged_click_alone(page, as_, rosa, pending):
    pending.patient.keep_ssn("078051120")
    html = page(rosa, pending)
    assert "•••–••–1120" in html
    assert "07805" not in html
    shown = as_(rosa).post(reverse("show_ssn", args=[pending.public_id]))
    assert "078051120" in shown.content.decode().replace("-", "")
    assert Activity.objects.of(pending).filter(event="ssn_shown", person=rosa.person).count() == 1


def test_a_look_is_written_down_once_an_hour_for_each_person(page, rosa, ruth, clara, pending):
    for member in (rosa, rosa, ruth, clara):
        page(member, pending)
    assert looks(pending) == ["Rosa Example", "Ruth Example", "Clara Example"]


def test_asking_for_the_head_alone_is_no_look(as_, rosa, pending):
    as_(rosa).head(pending.get_absolute_url())
    assert looks(pending) == []


def test_who_has_seen_it_is_told_to_both_sides(page, rosa, clara, pending):
    page(clara, pending)
    seen = page(rosa, pending).split('id="seen"')[1]
    assert "Clara Example" in seen
    assert "opened the request" in seen
    assert "Lakeside Family Medicine" in seen


def test_what_can_be_done_fits_the_state(page, rosa, clara, completed):
    html = page(rosa, completed)
    assert "Download All" in html
    assert "Make Payment" not in html
    assert "Abandon Request" not in html
    assert "Download All" not in page(clara, completed)


def test_the_practice_is_told_to_review_once_records_are_there(page, few_queries, pending, clara):
    assert "then upload the records" in page(clara, pending)
    stage.upload(pending, clara, pages=2)
    assert "Begin the review when all" in page(clara, pending)
    few_queries(clara, pending)


def test_a_paid_request_says_that_the_payment_is_in(page, rosa, pending, clara):
    stage.priced(pending, clara)
    pending.invoices.get().settle(by=clara)
    assert "The payment is in." in page(rosa, pending)


def test_an_ended_request_promises_no_records(page, rosa, pending):
    pending.cancel(by=rosa, fee="57.95")
    html = page(rosa, pending)
    assert "No records will be delivered." in html
    assert "The records appear here" not in html


def test_a_priced_request_asks_for_the_payment(page, rosa, ruth, pending, clara):
    stage.priced(pending, clara)
    assert "Make Payment" in page(rosa, pending)
    ruth.role.permissions = ["view_requests"]
    ruth.role.save()
    assert "Make Payment" not in page(ruth, pending)


def test_times_are_the_reader_s_and_say_their_zone(page, rosa, pending):
    assert " EST" in page(rosa, pending) or " EDT" in page(rosa, pending)
    rosa.person.time_zone = "America/Los_Angeles"
    rosa.person.save()
    assert " PST" in page(rosa, pending) or " PDT" in page(rosa, pending)


def test_the_activity_shows_the_newest_and_all_on_demand(page, rosa, completed):
    assert "started a draft" not in page(rosa, completed)
    assert "started a draft" in page(rosa, completed, activity="all")


@pytest.fixture
def few_queries(as_, django_assert_max_num_queries):
    """The page takes at most 15 queries, and none of them again and again."""

    def looked(member, record_request):
        browser = as_(member)
        browser.get(record_request.get_absolute_url())
        with zeal_context(), django_assert_max_num_queries(15):
            browser.get(record_request.get_absolute_url())

    return looked


def test_it_takes_few_queries_at_the_end_of_a_life(few_queries, completed, rosa, clara):
    few_queries(rosa, completed)
    few_queries(clara, completed)


def test_it_takes_few_queries_in_review(few_queries, pending, rosa, clara, carl, dora):
    pending.mark_incomplete(by=clara, reason="illegible")
    pending.resubmit(by=rosa)
    for _ in range(3):
        pending.thread.post(by=rosa, body="Here it is.")
        stage.upload(pending, clara, pages=3)
    pending.begin_review(by=clara)
    few_queries(rosa, pending)
    few_queries(clara, pending)


def test_it_takes_few_queries_when_priced(few_queries, pending, rosa, clara):
    stage.priced(pending, clara, pages=3)
    few_queries(rosa, pending)
    few_queries(clara, pending)


def test_a_look_is_not_among_many_others_forgotten(page, rosa, ruth, pending):
    page(ruth, pending)
    for _ in range(12):
        viewing.note_always(pending, rosa, "message")
    assert "Ruth Example" in page(rosa, pending).split('id="seen"')[1]
