""" "You may have requested this already": before anything goes out, and of one's own requests alone (product 1.11)."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from audit.models import Activity
from chartrequest.days import business_day
from outbox.queue import run_due
from requests_app import duplicates
from requests_app.intake import submitting
from requests_app.intake.draft import Draft
from requests_app.models import Authorization, Batch, DuplicateAnswer, Patient, RecordRequest
from requests_app.tracking import abandoning
from tests import cast, stage
from tests.requests_app.authorizations import steps

pytestmark = pytest.mark.django_db
ASKED = b"You may have requested this already"


def again(by, custodian, patient=None, **fields):
    """Another complete draft for the same patient; `fields` are of the request."""
    made = stage.draft(by, custodian)
    for name, value in fields.items():
        setattr(made, name, value)
    made.save()
    for name, value in (patient or {}).items():
        setattr(made.patient, name, value)
    made.patient.save()
    return made


def asked(draft):
    return duplicates.questions(Draft(Batch.objects.get(pk=draft.batch_id)))


@pytest.fixture
def second(pending, rosa, custodian):
    return again(rosa, custodian)


def test_submitting_asks_first_and_names_the_earlier_id(go, second, pending):
    answer = go("wizard_submit", second.batch_id, post={}, follow=True)
    second.refresh_from_db()
    assert ASKED in answer.content
    assert f"Open request {pending}" in answer.content.decode()
    assert second.state == "draft"


def test_the_page_before_submit_request_leads_to_the_question(go, second):
    assert go("wizard_submit", second.batch_id).url.endswith("/duplicates/")


def test_whoever_goes_on_is_not_asked_again_and_it_goes_out(go, second, pending):
    answer = go("wizard_duplicate_go_on", second.batch_id, second.public_id, post={})
    assert answer.url.endswith("/submit/")
    go("wizard_submit", second.batch_id, post={})
    second.refresh_from_db()
    assert second.state == "pending"


def test_the_answer_is_kept_and_an_entry_of_the_activity(go, second, pending, rosa):
    for _twice in range(2):
        go("wizard_duplicate_go_on", second.batch_id, second.public_id, post={})
    answer = DuplicateAnswer.objects.get()
    entry = Activity.objects.of(second).get(event="duplicate_kept")
    assert (answer.earlier, answer.person) == (pending, rosa.person)
    assert entry.details == {"earlier": str(pending)}
    assert str(pending) in go("record_request", second.public_id).content.decode()


def test_another_earlier_one_is_asked_about_anew(go, second, rosa, custodian):
    go("wizard_duplicate_go_on", second.batch_id, second.public_id, post={})
    other = again(rosa, custodian)
    other.submit(by=rosa)
    assert [one.earlier[0] for one in asked(second)] == [other]


def test_nothing_that_was_filled_in_is_lost(go, second):
    before = RecordRequest.objects.values().get(pk=second.pk)
    go("wizard_submit", second.batch_id, post={}, follow=True)
    go("wizard_duplicate_go_on", second.batch_id, second.public_id, post={})
    assert RecordRequest.objects.values().get(pk=second.pk) == before | {"activity_count": 2}


def test_nobody_learns_of_another_organizations_request(go, pending, sam, custodian, clara):
    theirs = again(sam, custodian)
    assert asked(theirs) == []
    page = go("wizard_submit", theirs.batch_id, member=sam)
    assert page.status_code == 200
    assert str(pending) not in page.content.decode()
    go("wizard_submit", theirs.batch_id, post={}, member=sam)
    theirs.refresh_from_db()
    assert theirs.state == "pending"


def test_answering_for_another_organizations_draft_is_404(go, second, sam):
    for name in ("wizard_duplicate_go_on", "wizard_duplicate_missing"):
        assert go(name, second.batch_id, second.public_id, post={}, member=sam).status_code == 404
    assert go("wizard_duplicates", second.batch_id, member=sam).status_code == 404
    assert not DuplicateAnswer.objects.exists()


@pytest.mark.parametrize(
    "patient",
    [
        {},
        {"last_name": "WRIGHT"},
        {"last_name": "Wríght", "first_name": "Tom"},
        {"first_name": "t."},
    ],
)
def test_case_accents_and_the_rest_of_the_first_name_make_no_difference(pending, rosa, custodian, patient):
    assert asked(again(rosa, custodian, patient))


@pytest.mark.parametrize(
    "patient",
    [{"last_name": "Wrighter"}, {"first_name": "Sam"}, {"birth_date": date(1978, 11, 3)}],
)
def test_somebody_else_is_not_asked_about(pending, rosa, custodian, patient):
    assert not asked(again(rosa, custodian, patient))


@pytest.mark.parametrize(
    ("theirs", "ours", "is_same"),
    [
        ("219099999", "219099999", True),
        ("219099999", "9999", True),
        ("9999", "219099999", True),
        ("219099999", "319099999", False),
        ("219099999", "", False),
        ("", "", False),
    ],
)
def test_the_same_number_stands_for_the_birth_date(pending, rosa, custodian, theirs, ours, is_same):
    second = again(rosa, custodian, {"birth_date": date(1978, 2, 11)})
    pending.patient.keep_ssn(theirs)
    second.patient.keep_ssn(ours)
    second.batch.refresh_from_db()
    assert bool(asked(second)) == is_same


def test_no_number_is_kept_in_the_clear_to_compare_it(pending, second):
    second.patient.keep_ssn("219099999")
    row = Patient.objects.filter(pk=second.patient_id).values_list().get()
    assert not any("219099999" in str(value) or "9999" in str(value) for value in row[1:6] + row[7:])


def test_another_custodian_is_not_asked_about(pending, rosa, peachtree):
    assert not asked(again(rosa, peachtree))


def test_of_a_batch_only_the_custodian_that_was_asked_before_is_named(go, second, peachtree, rosa):
    other = RecordRequest.draft(second.batch, peachtree, by=rosa)
    other.record_types, other.dates, other.is_specified = ["billing"], "all", True
    other.save()
    Authorization.objects.create(record_request=other, kind="general", document=second.authorization.document)
    page = go("wizard_submit", second.batch_id, post={}, follow=True).content.decode()
    assert page.count("Go on with this request") == 1
    other.refresh_from_db()
    assert other.state == "draft"
    go("wizard_duplicate_go_on", second.batch_id, second.public_id, post={})
    go("wizard_submit", second.batch_id, post={})
    other.refresh_from_db()
    assert other.state == "pending"


@pytest.mark.parametrize(("days", "is_asked"), [(0, True), (90, True), (91, False)])
def test_it_is_asked_within_90_days(rosa, custodian, days, is_asked):
    with time_machine.travel(timezone.now() - timedelta(days=days), tick=False):
        again(rosa, custodian).submit(by=rosa)
    assert bool(asked(again(rosa, custodian))) == is_asked


minutes = st.integers(0, 4 * 365 * 24 * 60)


@given(now=minutes, before=st.integers(0, 120 * 24 * 60))
def test_the_90_days_are_the_businesss_own(now, before):
    now = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=now)
    made = now - timedelta(minutes=before)
    days = (business_day(now) - business_day(made)).days
    assert (made >= duplicates.asked_since(now)) == (days <= 90)


def test_what_was_ended_may_be_asked_anew(pending, second, rosa):
    pending.abandon(by=rosa)
    assert not asked(second)


def test_a_draft_that_nobody_submitted_is_no_request(draft, rosa, custodian):
    assert not asked(again(rosa, custodian))


BETWEEN = {"dates": "between", "dates_from": date(2020, 1, 1), "dates_to": date(2020, 12, 31)}


def earlier(pending, **said):
    RecordRequest.objects.filter(pk=pending.pk).update(**said)


def test_dates_that_do_not_touch_are_not_asked_about(pending, rosa, custodian):
    earlier(pending, **BETWEEN)
    assert not asked(again(rosa, custodian, dates="after", dates_from=date(2021, 1, 1)))
    assert asked(again(rosa, custodian, dates="after", dates_from=date(2020, 12, 31)))


def test_only_the_missing_dates_are_filled_in_where_they_are_one_range(go, pending, rosa, custodian):
    earlier(pending, **BETWEEN)
    second = again(rosa, custodian, dates="after", dates_from=date(2020, 6, 1))
    page = go("wizard_duplicates", second.batch_id).content.decode()
    assert "Ask only for the missing dates: After 01/01/2021" in page
    answer = go("wizard_duplicate_missing", second.batch_id, second.public_id, post={})
    second.refresh_from_db()
    assert (second.dates, second.dates_from, second.dates_to) == ("after", date(2021, 1, 1), None)
    assert answer.url.endswith("/estimate/")
    assert not asked(second)


def test_two_parts_are_left_to_the_person(go, pending, rosa, custodian):
    earlier(pending, **BETWEEN)
    second = again(rosa, custodian)
    assert "Ask only for the missing dates" not in go("wizard_duplicates", second.batch_id).content.decode()
    go("wizard_duplicate_missing", second.batch_id, second.public_id, post={})
    second.refresh_from_db()
    assert second.dates == "all"


def test_nothing_is_missing_where_everything_is_asked_for(go, second):
    page = go("wizard_duplicates", second.batch_id).content.decode()
    assert "covers all of these dates" in page
    assert "Ask only for the missing dates" not in page


def test_what_came_since_the_answer_is_missing(pending, rosa, custodian):
    answered = timezone.now() - timedelta(days=10)
    earlier(pending, priced_at=answered)
    (question,) = asked(again(rosa, custodian))
    day = business_day(answered) + timedelta(days=1)
    assert question.missing.dates == ("after", day, None)


def test_other_kinds_of_records_cover_no_dates(pending, rosa, custodian):
    earlier(pending, record_types=["billing"], **BETWEEN)
    (question,) = asked(again(rosa, custodian, dates="after", dates_from=date(2020, 6, 1)))
    assert question.missing is None


@pytest.fixture
def waiting(rosa, custodian, clara):
    """Submitted, and waits for the patient's signature."""
    made = again(rosa, custodian)
    Authorization.objects.filter(record_request=made).update(
        kind="e_authorization", document=None, patient_email="tom@example.test"
    )
    submitting.submit(made.batch, by=rosa)
    made.refresh_from_db()
    return made


def test_one_that_waits_for_a_signature_counts(waiting, rosa, custodian):
    second = again(rosa, custodian)
    assert [one.earlier for one in asked(second)] == [[waiting]]


def test_a_signature_asks_nobody_anything(waiting, rosa, custodian, go):
    """It was asked when somebody submitted; what came later was asked about this one."""
    second = again(rosa, custodian)
    go("wizard_duplicate_go_on", second.batch_id, second.public_id, post={})
    submitting.submit(second.batch, by=rosa)
    steps.sign(waiting.authorization.invitation)
    run_due(kind="requests.file_signed")
    waiting.refresh_from_db()
    assert waiting.state == "pending"


def test_canceling_one_of_two_costs_the_fee(pending, second, go, rosa):
    go("wizard_duplicate_go_on", second.batch_id, second.public_id, post={})
    go("wizard_submit", second.batch_id, post={})
    second.refresh_from_db()
    cost = str(abandoning.cost(second).total)
    assert cost == "52.95"  # 49.95 and 3.00 handling, product 7.6
    go("abandon_request", second.public_id, post={"agreed": cost})
    second.refresh_from_db()
    pending.refresh_from_db()
    assert (second.state, pending.state) == ("canceled", "pending")
    assert str(second.invoices.get().total) == cost


def test_a_household_is_asked_about_its_own_too(custodian, clara):
    pat = cast.member("pat", cast.organization("Pat", "household"))
    again(pat, custodian).submit(by=pat)
    assert asked(again(pat, custodian))
