"""`manage.py check_invariants` finds what a fault would leave behind, and says how many."""

import io
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from billing.models import CheckPayment
from outbox.queue import run_due
from requests_app.models import Release
from tests import stage

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def check():
    said = io.StringIO()
    try:
        call_command("check_invariants", stdout=said)
    except CommandError:
        assert not said.getvalue().endswith("\n0 violations\n")
    return said.getvalue()


@pytest.fixture
def completed(pending, clara, olga):
    """Priced, paid by check, delivered."""
    stage.priced(pending, clara)
    invoice = pending.invoices.get()
    CheckPayment.receive(number="101", amount=invoice.total, dated_on=date.today(), by=olga, invoice=invoice)
    run_due()
    pending.refresh_from_db()
    return pending


def change(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_a_whole_life_breaks_none(completed):
    assert completed.state == "completed"
    assert check() == "0 violations\n"


def test_a_completed_request_without_its_release(completed):
    Release.objects.all().delete()
    assert "completed without a release" in check()


def test_pages_that_were_not_paid_for(completed):
    Release.objects.update(pages=99)
    assert "released with 99" in check()


def test_a_stored_file_that_was_changed(completed):
    change("UPDATE documents_document SET sha256 = %s WHERE id = %s", "0" * 64, completed.release.document_id)
    assert "F: document" in check()


def test_a_job_that_carries_a_name(completed):
    change("UPDATE outbox_job SET ids = %s", '{"patient": ["Thomas"]}')
    assert "carries more than ids" in check()


def test_without_a_database_it_says_so(monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda: [])
    with pytest.raises(CommandError, match="no database here yet"):
        call_command("check_invariants")


def test_a_request_that_no_sweep_has_looked_at_in_time(pending):
    change("UPDATE requests_app_recordrequest SET sweep_on = %s", date(2026, 1, 2))
    assert f"G: request {pending} was to be looked at by a sweep on 01/02/2026" in check()
