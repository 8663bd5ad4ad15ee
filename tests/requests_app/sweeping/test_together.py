"""Requests that are due on one day are settled together: each as if it were alone, and not by more statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.invariants import violations
from audit.models import MoveRefused
from billing.models import Invoice
from chartrequest.days import business_day
from correspondence.models import Notice
from outbox.models import SweepFailure
from requests_app.models import RecordRequest, State
from requests_app.sweeping import requests
from tests import cast, stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rosa, custodian):
    """`asked(days)` is a request of rosa's, or of `by`, that was submitted so many days ago and is due."""

    def made(days, by=rosa):
        record_request = stage.draft(by, custodian, patient=stage.patient(by.organization))
        record_request.submit(by=by)
        submitted_at = record_request.submitted_at - timedelta(days=days)
        due = {"submitted_at": submitted_at, "sweep_on": business_day()}
        RecordRequest.objects.filter(pk=record_request.pk).update(**due)
        return record_request

    return made


def told(event):
    return sorted(Notice.objects.filter(event=event).values_list("reference", flat=True))


def test_of_one_day_some_are_canceled_some_warned_of_and_one_put_before_ops(asked, pat, clara):
    ended, warned = [asked(61), asked(70)], [asked(47), asked(54)]
    patients, care = (
        asked(61, by=pat),
        asked(91, by=cast.member("nora", cast.organization("Northgate", "provider"))),
    )
    early = asked(3)
    record = requests.sweep()
    assert record.tally == {"canceled": 2, "warned": 2, "asked ops": 1, "abandoned": 1, "left alone": 1}
    assert (told("request_swept"), told("request_lapsed")) == (
        sorted(map(str, ended)),
        sorted(map(str, [*ended, care])),
    )
    assert told("request_ends_soon") == sorted(map(str, warned))
    assert set(Invoice.objects.values_list("record_request", flat=True)) == {one.pk for one in ended}
    patients.refresh_from_db()
    early.refresh_from_db()
    assert (patients.state, bool(patients.ops_asked_at)) == (State.PENDING, True)
    assert early.sweep_on > business_day()
    assert list(violations()) == []


def test_each_costs_what_was_done_for_it(asked, clara):
    plain, with_pages, sent_back = asked(61), asked(61), asked(61)
    stage.upload(with_pages, clara, pages=4)
    sent_back.mark_incomplete(by=clara, reason="illegible")
    long_ago = sent_back.incomplete_at - timedelta(days=15)
    RecordRequest.objects.filter(pk=sent_back.pk).update(incomplete_at=long_ago)
    RecordRequest.objects.update(sweep_on=business_day())
    requests.sweep()
    assert [str(one.invoices.get().total) for one in (plain, with_pages, sent_back)] == [
        "52.95",
        "56.95",
        "57.90",
    ]


def test_one_with_a_payment_under_way_keeps_no_other_from_its_end(asked, clara, monkeypatch):
    plain, priced = asked(61), stage.priced(asked(61), clara)
    RecordRequest.objects.update(sweep_on=business_day())

    def under_way(self, *, by):
        raise MoveRefused("A card payment for this is under way.")

    with monkeypatch.context() as during:
        during.setattr(Invoice, "void", under_way)
        record = requests.sweep()
    assert (record.tally, record.failed) == ({"canceled": 1}, 1)
    assert SweepFailure.objects.get().subject_id == priced.pk
    plain.refresh_from_db()
    assert (plain.state, plain.invoices.count()) == (State.CANCELED, 1)


@pytest.mark.parametrize("days", [47, 61])
def test_more_that_are_due_take_no_more_statements(asked, days, clara):
    counts = []
    for due in (2, 9):
        for _number in range(due):
            asked(days)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert requests.sweep().settled == due
        counts.append(len(captured))
    assert counts[0] == counts[1]
