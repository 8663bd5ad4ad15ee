"""What is taken for what, by content (product 5.9, 6.3, 7.7)."""

import pytest

from documents.intake import FileRefused
from documents.models import Use
from tests.documents import make

PROFESSIONALS_SEND = {
    "a.doc": make.ole("WordDocument", sector=make.WORD_SECTOR),
    "a.docx": make.office(),
    "a.xls": make.ole("Workbook", sector=make.EXCEL_SECTOR),
    "a.xlsx": make.office("xl/workbook.xml"),
    "a.rtf": rb"{\rtf1 Hello}",
    "a.txt": b"Dear Sir,\r\n\tplease release.",
    "a.csv": b"name,born\nJane,1970-01-01\n",
    "a.mov": make.MOV,
    "a.mp4": make.MP4,
    "a.avi": make.AVI,
}
PICTURES = {
    "a.png": make.picture("PNG"),
    "a.jpg": make.picture("JPEG"),
    "a.tif": make.picture("TIFF"),
    "a.bmp": make.picture("BMP"),
}
NOBODY_MAY_SEND = {
    "a.svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "a.html": b"<!DOCTYPE html><html></html>",
    "a.txt": b"\xef\xbb\xbf  <script>alert(1)</script>",
    "b.txt": "\ufeff<html>".encode("utf-16-le"),
    "a.csv": b"MZ\x90\x00\x03\x00\x00\x00",
    "c.txt": b"#!/bin/sh\nrm -rf /\n",
    "a.xml": b"<?xml version='1.0'?><a/>",
    "a.exe": b"MZ\x90\x00" + b"\0" * 100,
    "a.gif": b"GIF89a" + b"\0" * 100,
    "gif.pdf": b"GIF89a" + make.pdf(),
    "page.pdf": b"<html><script>alert(1)</script>" + make.pdf(),
    "a.zip": make.office("readme.txt"),
    "a.dcm": b"II*\0".ljust(128, b"\0") + b"DICM" + b"\0" * 100,
    "nothing": b"plain words without an ending",
}


@pytest.mark.parametrize("name", PROFESSIONALS_SEND)
def test_professionals_may_send_what_a_person_must_read(keep, name):
    document = keep(PROFESSIONALS_SEND[name], name, Use.AUTHORIZATION)
    assert document.read_by_person_only
    assert document.page_count is None


@pytest.mark.parametrize("name", PROFESSIONALS_SEND)
def test_patients_may_not(keep, name):
    with pytest.raises(FileRefused, match="PDF, JPEG, PNG"):
        keep(PROFESSIONALS_SEND[name], name, Use.PATIENT_AUTHORIZATION)


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("use", [Use.AUTHORIZATION, Use.RECORDS])
def test_a_picture_is_a_page(keep, name, use):
    document = keep(PICTURES[name], name, use)
    assert document.page_count == 1
    assert not document.read_by_person_only


@pytest.mark.parametrize("name", NOBODY_MAY_SEND)
def test_nobody_may_send_these(keep, name):
    with pytest.raises(FileRefused, match=r"can't be taken here\. Please send one of these"):
        keep(NOBODY_MAY_SEND[name], name, Use.AUTHORIZATION)  # which takes the most


def test_only_pdf_proves_a_refund(keep):
    with pytest.raises(FileRefused, match="one of these: PDF"):
        keep(make.picture("PNG"), "a.png", Use.REFUND_EVIDENCE)


def test_an_ending_mixed_up_within_a_family_is_fine(keep):
    assert keep(make.picture("PNG"), "photo.jpg").media_type == "image/png"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("photo.pdf", make.picture("JPEG")),
        ("letter.png", make.pdf()),
        ("table.csv", make.office("xl/workbook.xml")),
    ],
)
def test_an_ending_of_another_family_is_told(keep, name, content):
    with pytest.raises(
        FileRefused, match=f"The name ends in .{name[-3:]}, but the content is something else"
    ):
        keep(content, name, Use.AUTHORIZATION)


def test_a_file_without_an_ending_goes_by_its_content(keep):
    assert keep(make.pdf(), "scan").page_count == 1


def test_text_of_old_codepages_is_text(keep):
    assert keep("Äußerung, Привет".encode(), "a.txt", Use.AUTHORIZATION).media_type == "text/plain"
    assert keep("Привет".encode("cp866"), "a.txt", Use.AUTHORIZATION).media_type == "text/plain"
    assert keep("\ufeffПривет".encode("utf-16-le"), "a.csv", Use.AUTHORIZATION).media_type == "text/csv"


def test_a_heic_photo_is_refused_with_the_way_out(keep):
    with pytest.raises(FileRefused, match="send the photo as JPEG"):
        keep(make.HEIC, "photo.heic", Use.PATIENT_AUTHORIZATION)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docm", make.office(macros=True)),
        ("a.docx", make.office(macros=True)),
        ("a.doc", make.ole("WordDocument", "Macros", sector=make.WORD_SECTOR)),
        ("a.xls", make.ole("Workbook", "_VBA_PROJECT_CUR", sector=make.EXCEL_SECTOR)),
    ],
)
def test_macros_are_refused(keep, name, content):
    with pytest.raises(FileRefused, match="save it without macros"):
        keep(content, name, Use.AUTHORIZATION)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", make.ole("EncryptedPackage")),
        ("a.doc", make.ole("WordDocument", sector=make.LOCKED_WORD_SECTOR)),
        ("a.xls", make.ole("Workbook", sector=make.LOCKED_EXCEL_SECTOR)),
    ],
)
def test_a_locked_office_file_is_refused(keep, name, content):
    with pytest.raises(FileRefused, match="opens only with a password"):
        keep(content, name, Use.AUTHORIZATION)


def test_an_office_file_that_unpacks_to_200_megabytes_is_refused(keep):
    with pytest.raises(FileRefused, match="unpacks to far more"):
        keep(make.office(filler=200 * 1024 * 1024), "a.docx", Use.AUTHORIZATION)


def test_a_cut_office_file_is_refused(keep):
    with pytest.raises(FileRefused, match="damaged"):
        keep(make.office()[:-30], "a.docx", Use.AUTHORIZATION)
