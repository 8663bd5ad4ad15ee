"""The export: the list as it is filtered, without a live formula, after a fresh sign-in."""

import csv
import io

import pytest
from django.urls import reverse

from tests import cast, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def exported(as_, rosa):
    """The rows of the export as dictionaries."""

    def rows(**query):
        browser = as_(rosa)
        browser.post(reverse("account_reauthenticate"), {"password": cast.PASSWORD})
        answer = browser.get(reverse("outbound_export"), query)
        assert answer.status_code == 200
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    return rows


def test_it_holds_every_column(exported, pending):
    (row,) = exported()
    assert row["Request ID"] == str(pending)
    assert row["Patient"] == "Thomas Wright, 11/02/1978"
    assert row["Provider"] == "Lakeside Family Medicine, Macon, GA"
    assert (row["Status"], row["Case number"]) == ("Pending", "24-CV-1187")


def test_it_is_filtered_as_the_list_is(exported, pending, rosa, custodian):
    draft = stage.draft(rosa, custodian)
    assert [row["Request ID"] for row in exported(status="draft")] == [str(draft)]
    assert exported(q="zzz") == []


def test_what_a_search_finds_twice_is_one_row(exported, rosa, custodian):
    draft = stage.draft(rosa, custodian, case_number="wright")
    draft.patient.first_name = "Wright"
    draft.patient.save()
    assert len(exported(q="wright")) == 1


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1"])
def test_no_formula_is_live(exported, rosa, custodian, formula):
    stage.draft(rosa, custodian, case_number=formula)
    (row,) = exported()
    assert row["Case number"].startswith("'")


def test_it_never_holds_another_organization_s(exported, sam, custodian):
    stage.draft(sam, custodian)
    assert exported() == []


def test_it_wants_a_fresh_sign_in(as_, rosa, pending):
    answer = as_(rosa).get(reverse("outbound_export"))
    assert answer.status_code == 302
    assert "reauthenticate" in answer.url
