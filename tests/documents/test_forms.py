import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from documents.forms import UploadField
from documents.intake import take_in
from documents.models import Document, Use
from tests.documents import make


class One(forms.Form):
    proof = UploadField(use=Use.REFUND_EVIDENCE)


class Many(forms.Form):
    records = UploadField(use=Use.RECORDS, many=True, most=3)


def file(content, name="a.pdf"):
    return SimpleUploadedFile(name, content)


def many(*files):
    return Many({}, MultiValueDict({"records": list(files)}))


def test_a_good_file_can_be_kept(db):
    form = One({}, {"proof": file(make.pdf(2))})
    assert form.is_valid()
    assert take_in(form.cleaned_data["proof"], use=Use.REFUND_EVIDENCE, by=None).page_count == 2


def test_a_form_keeps_nothing_by_itself(db):
    assert One({}, {"proof": file(make.pdf())}).is_valid()
    assert not Document.objects.exists()


def test_a_refusal_is_the_fields_error(db):
    form = One({}, {"proof": file(make.picture(), "a.png")})
    assert not form.is_valid()
    assert form.errors["proof"] == ["This kind of file can't be taken here. Please send one of these: PDF."]


def test_a_missing_file_is_the_fields_error(db):
    assert One({}, {}).errors["proof"] == ["This field is required."]
    assert many().errors["records"] == ["This field is required."]


def test_an_empty_file_is_the_fields_error(db):
    assert "empty" in One({}, {"proof": file(b"")}).errors["proof"][0]


def test_a_field_that_is_not_required_may_stay_empty(db):
    class Optional(forms.Form):
        proof = UploadField(use=Use.REFUND_EVIDENCE, required=False)
        records = UploadField(use=Use.RECORDS, many=True, required=False)

    form = Optional({}, {})
    assert form.is_valid()
    assert form.cleaned_data == {"proof": None, "records": []}


def test_several_files_are_taken_in_their_order(db):
    form = many(file(make.pdf(1)), file(make.picture(), "b.png"), file(make.tiff(3), "c.tif"))
    assert form.is_valid()
    pages = [take_in(each, use=Use.RECORDS, by=None).page_count for each in form.cleaned_data["records"]]
    assert pages == [1, 1, 3]


def test_each_wrong_file_is_named(db):
    form = many(file(make.pdf()), file(b"x", "../b.pdf"), file(make.LYING_COUNT, "c.pdf"))
    assert [error.split(":")[0] for error in form.errors["records"]] == ["b.pdf", "c.pdf"]


def test_too_many_at_once_are_told(db):
    assert many(*[file(make.pdf())] * 4).errors["records"] == ["Please send at most 3 files at once."]


def test_the_page_offers_the_right_endings():
    assert 'accept=".pdf"' in str(One()["proof"])
    assert "multiple" in str(Many()["records"])


@pytest.mark.parametrize("use", Use)
def test_every_use_has_limits(use):
    assert UploadField(use=use).widget.attrs["accept"].startswith(".pdf")
