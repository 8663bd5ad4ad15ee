"""Real forms carry scripts, and files lie: each is taken with its true count, or refused in a sentence."""

import pikepdf
import pytest

from documents import limited
from documents.intake import FileRefused
from documents.models import Use
from tests.documents import make


def test_a_lying_page_count_is_refused(keep):
    with pytest.raises(FileRefused, match="number of pages in this PDF can't be told for certain"):
        keep(make.LYING_COUNT)


def test_a_page_tree_that_holds_itself_is_refused(keep):
    with pytest.raises(FileRefused, match=r"can't be"):
        keep(make.CIRCLE)


def test_a_pdf_without_pages_is_refused(keep):
    with pytest.raises(FileRefused, match="has no pages"):
        keep(make.NO_PAGES)


def test_a_broken_table_of_objects_is_mended(keep):
    assert keep(make.MENDABLE).page_count == 1


def test_a_header_behind_some_junk_is_taken(keep):
    assert keep(b"junk of a mail program\n" + make.pdf(2)).page_count == 2


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_pdf_is_taken_with_what_is_there_or_refused(keep, share):
    content = make.pdf(5, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    with pytest.raises(FileRefused, match=r"damaged|pages"):
        keep(content[: int(len(content) * share)])


def test_one_locked_with_a_password_is_refused(keep):
    locked = make.pdf(encryption=pikepdf.Encryption(owner="owner", user="user"))
    with pytest.raises(FileRefused, match="opens only with a password"):
        keep(locked)


def test_one_encrypted_without_a_password_is_taken(keep):
    assert keep(make.pdf(2, encryption=pikepdf.Encryption(owner="owner", user=""))).page_count == 2


def test_scripts_and_attachments_are_no_ground_to_refuse(keep):
    content = make.pdf(2, change=make.with_script)
    document = keep(content, use=Use.AUTHORIZATION)
    assert document.page_count == 2
    assert document.read() == content  # the evidence stays as it was given


def test_a_form_is_taken(keep):
    assert keep(make.pdf(change=make.with_filled_field)).page_count == 1


def test_more_pages_than_a_use_takes_are_refused(keep):
    with pytest.raises(FileRefused, match="more than 200 pages"):
        keep(make.pdf(201), use=Use.AUTHORIZATION)


def test_a_page_that_unpacks_to_a_hundred_megabytes_is_counted_only(keep):
    def pad(made):
        made.pages[0].Contents = made.make_stream(b" " * 100_000_000)

    assert keep(make.pdf(change=pad)).page_count == 1


def test_a_reader_that_needs_too_long_is_stopped(keep, monkeypatch):
    no_time = {**limited.run.__kwdefaults__, "limits": limited.Limits(wall=0)}
    monkeypatch.setattr(limited.run, "__kwdefaults__", no_time)
    with pytest.raises(FileRefused, match="takes too much to open"):
        keep(make.pdf())
