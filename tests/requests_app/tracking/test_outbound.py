"""The outbound list: what one's organization asked for, found by state, name, case, provider, ID and day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import cast, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed(look, rosa):
    """The requests of the list for a query, in order."""

    def rows(member=rosa, **query):
        return look(member, "outbound", **query).context["page"].rows

    return rows


@pytest.fixture
def other(rosa, custodian):
    """A second draft: another patient, case and provider."""
    mercy = cast.custodian(custodian.organization, "Mercy Hospital")
    made = stage.draft(rosa, mercy, case_number="2024-001187")
    made.patient.first_name, made.patient.last_name = "Óscar", "Núñez"
    made.patient.save()
    return made


def test_it_shows_the_organization_s_requests_newest_change_first(listed, pending, other):
    assert listed() == [other, pending]


def test_a_colleague_sees_them_a_stranger_does_not(listed, pending, ruth, sam):
    assert (listed(ruth), listed(sam)) == ([pending], [])


def test_the_practice_s_own_outbound_list_is_not_its_inbound(listed, pending, clara):
    assert listed(clara) == []


def test_states_are_chosen_several_at_once(listed, pending, other):
    assert listed(status="pending") == [pending]
    assert listed(status=["pending", "draft"]) == [other, pending]
    assert listed(status="nonsense") == [other, pending]


def test_each_state_has_its_count(look, rosa, pending, other):
    chips = {str(label): str(count) for label, count, *_ in look(rosa, "outbound").context["chips"]}
    assert (chips["All"], chips["Draft"], chips["Pending"], chips["QA"]) == ("2", "1", "1", "0")


@pytest.mark.parametrize(
    "typed", ["nunez", "Núñez, Os", "oscar n", "2024-00", "2024-001187", "mercy", "MERCY hosp"]
)
def test_the_quick_search_finds_patient_case_and_provider(listed, pending, other, typed):
    assert listed(q=typed) == [other]


@pytest.mark.parametrize("typed", ["zzz", "2023-00", "%", "__", "' OR 1=1 --", "=cmd()"])
def test_what_nobody_has_is_not_found(listed, pending, other, typed):
    assert listed(q=typed) == []


def test_an_id_finds_its_request_however_it_is_written(listed, pending, other):
    assert listed(q=str(pending)) == [pending]
    assert listed(q=pending.public_id) == [pending]
    assert listed(request_id=f" {str(pending).replace('-', ' – ')} ") == [pending]


def test_each_advanced_field_narrows(listed, pending, other):
    assert listed(patient="wright") == [pending]
    assert listed(case="24-cv") == [pending]
    assert listed(provider="lakeside") == [pending]
    assert listed(patient="wright", provider="mercy") == []


def test_days_are_meant_inclusively_in_the_reader_s_zone(listed, pending):
    day = timezone.localdate(pending.submitted_at, timezone=pending.organization.zone)
    yesterday = day - timedelta(days=1)
    assert listed(submitted_from=f"{day:%m/%d/%Y}", submitted_to=f"{day:%m/%d/%Y}") == [pending]
    assert listed(submitted_to=f"{yesterday:%m/%d/%Y}") == []


def test_a_search_by_days_is_in_their_order_unless_another_is_chosen(listed, pending, rosa, custodian):
    later = stage.draft(rosa, cast.custodian(custodian.organization, "Mercy Hospital"))
    later.submit(by=rosa)
    pending.save()  # changed last
    days = {"submitted_from": "01/01/2020"}
    assert listed(**days) == [later, pending]
    assert listed(**days, sort="updated") == [pending, later]


def test_the_order_of_submission_is_not_for_lists_with_drafts(listed, pending, other):
    assert listed(sort="submitted") == [other, pending]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("submitted_from", "31/12/2025", "is not a date"),
        ("submitted_to", "02/30/2025", "is not a date"),
        ("request_id", "4820-1173-95", "be a request ID"),
        ("patient", "x", "two letters"),
        ("case", "a\u202eb", "be shown"),
    ],
)
def test_bad_input_is_told_next_to_its_field(look, rosa, pending, field, typed, said):
    answer = look(rosa, "outbound", **{field: typed})
    assert answer.status_code == 422
    assert answer.context["asked"].form.errors[field]
    assert said in answer.content.decode()
    assert answer.context["page"].rows == []


def test_days_in_the_wrong_order_are_told(look, rosa):
    answer = look(rosa, "outbound", submitted_from="01/02/2026", submitted_to="01/01/2026")
    assert answer.context["asked"].form.errors["submitted_to"]


@pytest.mark.parametrize("sort", ["updated", "unchanged", "newest", "oldest"])
def test_pages_follow_each_other_without_gap_or_double(look, rosa, custodian, sort):
    for number in range(30):
        stage.draft(rosa, custodian, case_number=str(number))
    first = look(rosa, "outbound", sort=sort).context["page"]
    second = look(rosa, "outbound", sort=sort, after=first.next).context["page"]
    assert (len(first.rows), len(second.rows), second.next) == (25, 5, "")
    assert len({row.pk for row in first.rows + second.rows}) == 30
    back = look(rosa, "outbound", sort=sort, before=second.previous).context["page"]
    assert back.rows == first.rows


@pytest.mark.parametrize("key", ["", "x", "1~2~3", "9" * 30, "2026-01-01~1", "0001-01-01T00:00:00+00:00~1"])
def test_a_key_nobody_was_given_is_no_error(look, rosa, pending, key):
    assert look(rosa, "outbound", after=key).status_code == 200


def test_columns_are_remembered(look, as_, rosa, pending):
    as_(rosa).post("/outbound/columns/", {"column": ["case", "nonsense"], "next": "https://evil.test/"})
    html = look(rosa, "outbound").content.decode()
    assert "Case number</th>" in html
    assert "Patient</th>" not in html


def test_the_price_is_shown_when_there_is_one(listed, pending, clara):
    assert listed()[0].price_total is None
    stage.priced(pending, clara)
    (row,) = listed()
    assert row.price_total == pending.invoices.get().total


def test_a_message_of_the_other_side_is_marked_until_it_is_read(listed, look, pending, rosa, clara):
    pending.thread.post(by=clara, body="Which dates?")
    assert [row.is_unread for row in listed()] == [True]
    look(rosa, pending.get_absolute_url())
    assert [row.is_unread for row in listed()] == [False]


def test_an_empty_list_says_what_to_do(look, rosa):
    assert "No requests yet" in look(rosa, "outbound").content.decode()


def test_who_may_not_see_requests_gets_403(look, rosa):
    rosa.role.permissions = []
    rosa.role.save()
    assert look(rosa, "outbound").status_code == 403


@pytest.mark.parametrize("count", [1, 60])
def test_the_number_of_queries_does_not_grow(look, rosa, custodian, count, django_assert_max_num_queries):
    for _ in range(count):
        stage.draft(rosa, custodian)
    look(rosa, "outbound")
    with django_assert_max_num_queries(12):
        look(rosa, "outbound", q="wright", status=["draft", "pending"])
