import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from requests_app import public_id
from requests_app.lists import counting, paging
from requests_app.models import Patient, RecordRequest
from requests_app.processing import inbox
from requests_app.processing.assigning import assign
from tests import cast, stage

ADDRESS = "/inbound/"


@pytest.fixture
def ask(rosa, custodian):
    """`ask("Maria Delgado")` is a submitted request for her records."""

    def submitted(name="Thomas Wright", by=rosa, **fields):
        record_request = stage.draft(by, custodian)
        patient = record_request.patient
        patient.first_name, patient.last_name = name.split()
        patient.save()
        record_request.is_rush = fields.pop("is_rush", False)
        record_request.save()
        record_request.submit(by=by)
        if fields:
            RecordRequest.objects.filter(pk=record_request.pk).update(**fields)
        return record_request

    return submitted


def listed(as_, member, query=""):
    answer = as_(member).get(ADDRESS + query)
    assert answer.status_code == 200
    return [row.pk for row in answer.context["page"].rows]


def text(as_, member, query=""):
    return as_(member).get(ADDRESS + query).content.decode()


def test_rush_stands_first_then_what_is_due_first(ask, clara, as_):
    today = timezone.localdate()
    late = ask(due_on=today + timedelta(days=9))
    soon = ask(due_on=today + timedelta(days=2))
    rush = ask(is_rush=True, due_on=today + timedelta(days=5))
    assert listed(as_, clara) == [rush.pk, soon.pk, late.pk]


def test_drafts_and_other_practices_requests_are_not_there(draft, ask, clara, as_):
    mine = ask()
    other = cast.custodian(cast.organization("Oakhill", "provider"), name="Oakhill")
    stage.draft(stage_member(draft), other).submit(by=stage_member(draft))
    assert listed(as_, clara, "?status=all") == [mine.pk]


def stage_member(record_request):
    return record_request.organization.members.first()


def test_several_states_at_once(ask, clara, as_):
    pending, incomplete, reviewed = ask(), ask(), ask()
    incomplete.mark_incomplete(by=clara, reason="expired")
    stage.upload(reviewed, clara, begin=True)
    assert set(listed(as_, clara, "?status=pending&status=qa")) == {pending.pk, reviewed.pk}
    assert listed(as_, clara, "?status=incomplete") == [incomplete.pk]


def test_without_a_choice_what_is_over_is_left_out(ask, clara, rosa, as_):
    is_open, over = ask(), ask()
    over.abandon(by=rosa)
    assert listed(as_, clara) == [is_open.pk]
    assert set(listed(as_, clara, "?status=all")) == {is_open.pk, over.pk}


def test_each_chip_has_its_count_and_sets_or_clears_its_state(ask, clara, as_):
    ask(), ask()
    chips = as_(clara).get(ADDRESS + "?status=pending&status=qa").context["chips"]
    by_label = {str(label): (int(count), query, is_on) for label, count, query, is_on in chips}
    assert by_label["Pending"] == (2, "?status=qa", True)
    assert by_label["Priced"] == (0, "?status=pending&status=qa&status=priced", False)


def test_counts_stop_at_a_thousand(monkeypatch, ask, clara):
    monkeypatch.setattr(counting, "CAP", 2)
    for _ in range(3):
        ask()
    assert str(inbox.counts(clara)["pending"]) == "2+"


def test_the_head_says_how_many_and_how_old(ask, clara, as_):
    ask(is_rush=True)
    ask(submitted_at=timezone.now() - timedelta(days=11))
    page = " ".join(text(as_, clara).replace("\xa0", " ").split())
    assert "2 open · 1 rush due within 48 hours · oldest waiting 1 week, 4 days" in page


@pytest.mark.parametrize("typed", ["wright", "THOMAS", "thom wri", "Wright, Thomas", "wr th", "smith law"])
def test_it_finds_patients_and_requestors_by_their_names(typed, ask, clara, as_):
    found = ask("Thomas Wright")
    ask("Maria Delgado", by=cast.member("gina", cast.organization("Grove Insurance", "insurer")))
    assert listed(as_, clara, f"?q={typed}") == [found.pk]


def test_accents_do_not_matter(ask, clara, as_):
    found = ask("Óscar Ibáñez")
    assert listed(as_, clara, "?q=ibanez") == listed(as_, clara, "?q=Ibáñez") == [found.pk]


def test_somebody_found_in_two_ways_is_listed_once(ask, clara, as_):
    found = ask("Wright Wright")
    assert listed(as_, clara, "?q=wright") == [found.pk]


def test_an_id_is_found_in_any_state_however_it_is_written(ask, clara, rosa, as_):
    record_request = ask()
    record_request.abandon(by=rosa)
    written = str(record_request)
    assert listed(as_, clara, f"?q={written}") == [record_request.pk]
    assert listed(as_, clara, f"?q={written.replace('-', ' ')}") == [record_request.pk]


def test_a_mistyped_id_is_told_apart_from_an_unknown_one(ask, clara, as_):
    right = ask().public_id
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)
    assert "can’t be a request ID" in text(as_, clara, f"?q={wrong}").replace("&#x27;", "’").replace("'", "’")
    unknown = public_id.draw()
    assert f"No request here has the ID {public_id.written(unknown)}" in text(as_, clara, f"?q={unknown}")


def test_another_organizations_id_is_unknown_here(draft, clara, sam, as_):
    other = cast.custodian(cast.organization("Oakhill", "provider"), name="Oakhill")
    theirs = stage.draft(sam, other)
    theirs.submit(by=sam)
    assert listed(as_, clara, f"?q={theirs.public_id}") == []


def test_by_kind_of_requestor_and_by_whom_it_is_assigned_to(ask, clara, carl, as_):
    firm = ask()
    insurer = ask(by=cast.member("gina", cast.organization("Grove Insurance", "insurer")))
    assign(firm, carl, by=clara)
    assert listed(as_, clara, "?type=insurer") == [insurer.pk]
    assert listed(as_, clara, f"?assigned={carl.person_id}") == [firm.pk]
    assert listed(as_, carl, "?assigned=me") == [firm.pk]
    assert listed(as_, clara, "?assigned=nobody") == [insurer.pk]


def test_messages_lists_what_the_requestor_wrote_and_i_have_not_read(ask, clara, carl, rosa, as_):
    told, silent = ask(), ask()
    told.thread.post(by=rosa, body="Any news?")
    silent.thread.post(by=clara, body="We need the dates.")
    assert listed(as_, clara, "?messages=unread") == [told.pk]
    told.thread.mark_read(clara.person)
    assert listed(as_, clara, "?messages=unread") == []
    assert listed(as_, carl, "?messages=unread") == [told.pk]


def test_the_sidebar_counts(ask, clara, rosa, as_):
    ask(is_rush=True).thread.post(by=rosa, body="Please hurry.")
    entries = as_(clara).get(ADDRESS).context["nav"]
    inbound = next(entry for entry in entries if entry.name == "inbound")
    assert [inbound.count, *(child.count for child in inbound.children)] == ["1", "", "1", "1"]


class TestPages:
    @pytest.fixture(autouse=True)
    def _three_a_page(self, monkeypatch):
        monkeypatch.setattr(paging.cut, "__kwdefaults__", {**paging.cut.__kwdefaults__, "size": 3})

    def walk(self, as_, member, query, way):
        seen, key = [], ""
        while True:
            page = as_(member).get(f"{ADDRESS}{query}&{way}={key}").context["page"]
            rows = [row.pk for row in page.rows]
            seen = seen + rows if way == "after" else rows + seen
            key = (page.next if way == "after" else page.previous).replace("+", "%2B")
            if not key:
                return seen, page

    @pytest.mark.parametrize("sort", ["due", "updated"])
    def test_forth_and_back_show_each_row_once(self, sort, ask, clara, as_):
        today = timezone.localdate()
        requests = [ask(is_rush=n % 3 == 0, due_on=today + timedelta(days=n % 2)) for n in range(8)]
        stage.upload(requests[5], clara, begin=True)
        forth, last = self.walk(as_, clara, f"?sort={sort}", "after")
        assert sorted(forth) == sorted(one.pk for one in requests)
        key = last.previous.replace("+", "%2B")
        before = as_(clara).get(f"{ADDRESS}?sort={sort}&before={key}").context["page"]
        assert [row.pk for row in before.rows] == forth[3:6]
        assert before.previous
        assert before.next

    @pytest.mark.parametrize(
        "key", ["x", "1~2~3~4", "1~2026-13-40~5", "~~", "1~2026-01-01~" + "9" * 40, "%00", "a" * 5000]
    )
    def test_a_key_nobody_was_given_is_the_first_page(self, key, ask, clara, as_):
        ask()
        assert as_(clara).get(f"{ADDRESS}?after={key}").status_code in (200, 400)


def test_chosen_columns_are_remembered(ask, clara, as_):
    ask()
    as_(clara).post(reverse("inbound_columns"), {"column": ["due", "status", "nonsense"]})
    answer = as_(clara).get(ADDRESS)
    assert [column.key for column in answer.context["columns"]] == ["status", "due"]
    assert "Wright" not in answer.content.decode()


def test_columns_lead_back_to_our_own_pages_only(clara, as_):
    answer = as_(clara).post(reverse("inbound_columns"), {"next": "https://elsewhere.example/"})
    assert answer.url == ADDRESS


def test_the_same_number_of_queries_for_one_row_and_for_many(ask, clara, as_, django_assert_max_num_queries):
    for number in range(30):
        record_request = ask()
        if number % 2:
            stage.upload(record_request, clara, begin=True)
        assign(record_request, clara, by=clara)
    browser = as_(clara)
    with django_assert_max_num_queries(12):
        assert len(browser.get(ADDRESS).context["page"].rows) == 25


@pytest.mark.parametrize("query", ["?status=nonsense", "?type=%27", "?assigned=" + "9" * 30, "?sort=x&q=%25"])
def test_words_that_mean_nothing_are_left_out(query, ask, clara, as_):
    ask()
    assert as_(clara).get(ADDRESS + query).status_code == 200


def test_who_may_not_see_requests_gets_403(practice, clara, as_):
    rita = cast.member("rita", practice, role="Referral Coordinator")
    assert as_(rita).get(ADDRESS).status_code == 403


def test_anonymous_people_sign_in_first(client, db):
    assert client.get(ADDRESS).status_code == 302


class TestExport:
    def rows(self, as_, member, query=""):
        client = as_(member)
        client.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
        answer = client.get(reverse("inbound_export") + query)
        assert answer.status_code == 200
        return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    def test_it_holds_the_filtered_list(self, ask, clara, as_):
        found = ask("Thomas Wright")
        ask("Maria Delgado")
        head, *rows = self.rows(as_, clara, "?q=wright")
        assert head[:2] == ["Request ID", "Status"]
        assert [row[0] for row in rows] == [str(found)]

    @pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
    def test_it_holds_no_live_formula(self, name, ask, clara, as_):
        ask(by=cast.member("eve", cast.organization(name, "other")))
        _head, row = self.rows(as_, clara)
        assert not row[3].startswith(("=", "+", "-", "@", "\t"))

    def test_it_asks_for_a_fresh_sign_in(self, ask, clara, as_):
        answer = as_(clara).get(reverse("inbound_export"))
        assert answer.status_code == 302
        assert "reauthenticate" in answer.url


def test_a_name_typed_into_the_database_otherwise_is_found_too(ask, clara, as_):
    record_request = ask()
    patient = Patient.objects.get(pk=record_request.patient_id)
    patient.last_name = "Núñez"
    patient.save(update_fields=["last_name"])
    assert listed(as_, clara, "?q=nunez") == [record_request.pk]
