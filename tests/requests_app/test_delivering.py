"""Right after payment: approved pages, cover sheet, stamps, one PDF; the same however often a worker dies."""

import io
from datetime import timedelta

import pikepdf
import pypdf
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from audit.models import Activity
from documents.assemble import AssemblyFailed
from documents.models import Document
from outbox.models import MOST_ATTEMPTS, Job
from outbox.queue import run_due
from requests_app import delivering
from requests_app.models import Release, State
from requests_app.processing import review, uploads
from tests import stage

pytestmark = pytest.mark.django_db


def pages_of(*widths):
    """A PDF whose pages can be told apart by their width in points."""
    made = pikepdf.new()
    for width in widths:
        made.add_blank_page(page_size=(width, 700))
    out = io.BytesIO()
    made.save(out)
    return SimpleUploadedFile(f"{widths[0]}.pdf", out.getvalue(), content_type="application/pdf")


def pay(record_request, member):
    """The whole way from reviewed pages to a settled invoice."""
    stage.priced(record_request, member)
    record_request.invoices.get().settle(by=member)
    record_request.refresh_from_db()
    return record_request


@pytest.fixture
def ordered(pending, clara):
    return pay(pending, clara)


@pytest.fixture
def deliver_job(ordered):
    return Job.objects.get(key=f"deliver:{ordered.pk}")


def again(job):
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING, due_at=timezone.now())
    run_due(kind="requests.deliver")


def released(record_request):
    return pikepdf.open(io.BytesIO(Release.objects.get(record_request=record_request).document.read()))


def events(record_request):
    return list(Activity.objects.of(record_request).values_list("event", flat=True))


def test_a_paid_request_is_completed_by_itself(ordered):
    run_due()
    ordered.refresh_from_db()
    assert ordered.state == State.COMPLETED
    assert ordered.release.pages == ordered.page_count == 2


def test_only_approved_pages_go_out_in_order_and_turned(pending, clara):
    uploads.add(pending, pages_of(301, 302, 303), by=clara)
    second = uploads.add(pending, pages_of(401, 402), by=clara)
    uploads.move(second, -1, by=clara)
    pending.begin_review(by=clara)
    pages = {page.file_id * 10 + page.number: page for page in pending.pages.all()}
    first = min(pages) // 10
    review.decide(pages[first * 10 + 2], review.Verdict.REMOVED, by=clara)
    review.rotate(pages[first * 10 + 3], 90, by=clara)
    pay(pending, clara)
    run_due()
    shown = [tuple(round(float(side)) for side in page.mediabox[2:]) for page in released(pending).pages]
    assert shown[1:] == [(401, 716), (402, 716), (301, 716), (700, 319)]  # 16 points hold the stamp


def test_a_removed_file_stays_behind(pending, clara):
    uploads.add(pending, pages_of(301), by=clara)
    uploads.remove(uploads.add(pending, pages_of(401), by=clara), by=clara)
    pay(pending, clara)
    run_due()
    assert [round(float(page.mediabox[2])) for page in released(pending).pages][1:] == [301]


def test_the_cover_names_both_sides_and_every_page_is_stamped(ordered):
    run_due()
    document = Release.objects.get(record_request=ordered).document
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(document.read())).pages]
    for words in [
        "Smith Law",
        "Lakeside Family Medicine",
        "Thomas Wright",
        "November 2, 1978",
        "2 pages",
        str(ordered),
    ]:
        assert words in texts[0]
    assert [f"{ordered} · page {number} of 2" in text for number, text in enumerate(texts)] == [
        False,
        True,
        True,
    ]


def test_it_is_in_the_activity_once(ordered, deliver_job):
    run_due()
    again(deliver_job)
    assert events(ordered).count("assembled") == events(ordered).count("complete") == 1


def test_a_worker_killed_after_assembling_leaves_no_second_release(ordered, deliver_job, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr("requests_app.models.RecordRequest.complete", lambda self, *, by: 1 / 0)
        run_due(kind="requests.deliver")
    assert Release.objects.count() == 1
    again(deliver_job)
    ordered.refresh_from_db()
    assert (ordered.state, Release.objects.count()) == (State.COMPLETED, 1)


def test_a_worker_killed_before_keeping_it_leaves_no_stray_file(ordered, deliver_job, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "_keep_release", lambda *args: 1 / 0)
        run_due(kind="requests.deliver")
    strays = Document.objects.filter(name=f"release-{ordered}.pdf")
    assert strays.count() == 1
    again(deliver_job)
    assert strays.get() == Release.objects.get().document


def test_of_two_workers_at_once_one_release_stays(ordered, monkeypatch):
    first = delivering._assembled(ordered)
    second = delivering._assembled(ordered)
    delivering._keep_release(ordered, first)
    delivering._keep_release(ordered, second)
    assert Release.objects.get().document == first
    assert not Document.objects.filter(pk=second.pk).exists()


def test_a_failed_assembly_is_tried_again_and_then_waits_for_ops(
    ordered, deliver_job, monkeypatch, olga, client
):
    def fails(*args, **kwargs):
        raise AssemblyFailed

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "assemble", fails)
        run_due()
        deliver_job.refresh_from_db()
        assert (deliver_job.state, deliver_job.last_error) == (
            Job.State.WAITING,
            "documents.assemble.AssemblyFailed",
        )
        Job.objects.filter(pk=deliver_job.pk).update(attempts=MOST_ATTEMPTS - 1)
        with time_machine.travel(timezone.now() + timedelta(minutes=1)):
            run_due()
    client.force_login(olga)
    dead_letters = reverse("admin:outbox_job_changelist")
    assert "requests.deliver" in client.get(dead_letters, {"state__exact": "dead"}).content.decode()
    client.post(dead_letters, {"action": "retry", "_selected_action": [deliver_job.pk]})
    run_due()
    ordered.refresh_from_db()
    assert ordered.state == State.COMPLETED


def test_a_request_that_ended_meanwhile_is_not_delivered(ordered, rosa):
    ordered.abandon(by=rosa)
    run_due()
    assert Release.objects.count() == 0
