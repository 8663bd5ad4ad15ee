import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Activity, MoveRefused
from documents.models import Document
from requests_app.models import RecordFile, RecordPage
from requests_app.processing import uploads
from tests import stage


def send(as_, member, record_request, *files, **options):
    return as_(member).post(
        reverse("upload_records", args=[record_request.public_id]), {"files": files}, **options
    )


def test_each_page_is_laid_out_for_review(pending, clara, as_):
    answer = send(as_, clara, pending, stage.pdf_file(pages=3))
    assert answer.url == pending.get_absolute_url()
    assert list(pending.pages.values_list("number", "verdict")) == [(1, ""), (2, ""), (3, "")]


def test_several_files_keep_their_order(pending, fred, as_):
    send(as_, fred, pending, stage.pdf_file(title="a"), stage.pdf_file(pages=2, title="b"))
    assert [file.document.page_count for file in pending.files.all()] == [1, 2]


def test_one_refused_file_does_not_lose_the_others(pending, clara, as_):
    broken = SimpleUploadedFile("broken.pdf", b"%PDF-1.7 and nothing else")
    answer = send(as_, clara, pending, broken, stage.pdf_file(pages=2))
    assert answer.status_code == 422
    assert "broken.pdf:" in answer.content.decode()
    assert "2 pages were added." in answer.content.decode()
    assert RecordPage.objects.count() == 2


def test_a_refused_file_leaves_nothing(pending, clara, as_):
    before = Document.objects.count()
    send(as_, clara, pending, SimpleUploadedFile("empty.pdf", b""))
    send(as_, clara, pending, SimpleUploadedFile("records.html", b"<script>alert(1)</script>"))
    assert Document.objects.count() == before
    assert not RecordFile.objects.exists()


def test_no_file_at_all_is_said_beside_the_field(pending, clara, as_):
    answer = send(as_, clara, pending)
    assert answer.status_code == 422
    assert "Choose at least one file." in answer.content.decode()


def test_the_very_same_file_is_pointed_out(pending, clara, as_):
    content = stage.pdf()
    send(as_, clara, pending, SimpleUploadedFile("one.pdf", content))
    before = Document.objects.count()
    answer = send(as_, clara, pending, SimpleUploadedFile("two.pdf", content))
    assert "The very same file is here already" in answer.content.decode()
    assert RecordFile.objects.count() == 1
    assert Document.objects.count() == before


def test_a_removed_file_may_come_back(pending, clara):
    content = stage.pdf()
    uploads.remove(uploads.add(pending, SimpleUploadedFile("one.pdf", content), by=clara), by=clara)
    uploads.add(pending, SimpleUploadedFile("one.pdf", content), by=clara)
    assert pending.pages.kept().count() == 1


def test_the_activity_counts_pages_and_names_no_file(pending, clara, as_):
    send(as_, clara, pending, stage.pdf_file("Thomas Wright MRI.pdf", pages=2))
    entry = Activity.objects.of(pending).get(event="records_uploaded")
    assert entry.details == {"file": pending.files.get().pk, "pages": 2}


def test_pages_can_be_added_during_the_review(in_review, clara, as_):
    send(as_, clara, in_review, stage.pdf_file())
    assert in_review.pages.unreviewed().count() == 4


@pytest.mark.parametrize("move", ["mark_incomplete", "price"])
def test_it_is_refused_in_any_other_state(move, pending, clara, as_):
    if move == "price":
        stage.priced(pending, clara)
    else:
        pending.mark_incomplete(by=clara, reason="expired")
    answer = send(as_, clara, pending, stage.pdf_file(title="late"), follow=True)
    assert "so that can't be done" in " ".join(answer.content.decode().replace("&#x27;", "'").split())
    with pytest.raises(MoveRefused):
        uploads.add(pending, stage.pdf_file(title="late"), by=clara)


def test_a_reviewer_may_not_upload(pending, dora, as_):
    assert send(as_, dora, pending, stage.pdf_file()).status_code == 403


def test_the_requestor_may_not_upload(pending, rosa, as_):
    assert send(as_, rosa, pending, stage.pdf_file()).status_code == 403


def test_a_stranger_gets_404(pending, sam, as_):
    assert send(as_, sam, pending, stage.pdf_file()).status_code == 404


def test_a_hostile_name_is_shown_as_text(pending, clara, as_):
    name = "<img src=x onerror=alert(1)>.pdf"
    answer = send(as_, clara, pending, SimpleUploadedFile(name, b"nothing"))
    assert "<img src=x" not in answer.content.decode()


def test_a_state_that_changes_during_the_check_keeps_nothing(pending, clara, monkeypatch):
    def slow(file, *, use, by):
        pending.mark_incomplete(by=clara, reason="expired")
        return taken(file, use=use, by=by)

    taken = uploads.take_in
    monkeypatch.setattr(uploads, "take_in", slow)
    stale = type(pending).objects.get(pk=pending.pk)
    before = Document.objects.count()
    with pytest.raises(MoveRefused):
        uploads.add(stale, stage.pdf_file(), by=clara)
    assert Document.objects.count() == before
