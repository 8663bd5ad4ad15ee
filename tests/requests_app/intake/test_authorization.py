import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import Document
from requests_app.models import Authorization
from tests.stage import pdf_file

pytestmark = pytest.mark.django_db


def upload(go, record_request, *, kind="general", file=None, **extra):
    prefix = f"up-{record_request.public_id}"
    post = {f"{prefix}-kind": kind, f"{prefix}-file": file or pdf_file("signed.pdf", pages=2)}
    return go(
        "wizard_authorization_upload", record_request.batch_id, record_request.public_id, post=post, **extra
    )


def ask(go, record_request, **said):
    prefix = f"ask-{record_request.public_id}"
    post = {f"{prefix}-{name}": value for name, value in said.items()}
    return go("wizard_authorization_ask", record_request.batch_id, record_request.public_id, post=post)


def test_an_upload_becomes_the_authorization(go, asked):
    upload(go, asked, kind="subpoena")
    assert (asked.authorization.kind, asked.authorization.document.page_count) == ("subpoena", 2)


def test_the_page_shows_pages_and_a_thumbnail(go, asked):
    upload(go, asked)
    page = go("wizard_authorization", asked.batch_id).content.decode()
    picture = go("wizard_authorization_thumbnail", asked.batch_id, asked.public_id)
    assert "2 pages" in page
    assert picture["Content-Type"] == "image/jpeg"


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("a.pdf", b""),
        SimpleUploadedFile("a.pdf", b"%PDF-1.7 cut off"),
        SimpleUploadedFile("a.exe", b"MZ" + bytes(100)),
        SimpleUploadedFile("../../etc/passwd.png", b"not a picture"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_beside_its_field(go, asked, file):
    answer = upload(go, asked, file=file)
    assert answer.status_code == 422
    assert list(answer.context["bound"].errors) == ["file"]
    assert asked.authorization is None
    assert not Document.objects.exists()


def test_an_upload_without_its_type_is_refused(go, asked):
    assert upload(go, asked, kind="").status_code == 422
    assert not Document.objects.exists()


def test_an_upload_for_a_request_of_another_batch_is_404(go, batch, draft):
    prefix = f"up-{draft.public_id}"
    post = {f"{prefix}-kind": "general", f"{prefix}-file": pdf_file()}
    before = Document.objects.count()
    assert go("wizard_authorization_upload", batch.pk, draft.public_id, post=post).status_code == 404
    assert Document.objects.count() == before


def test_the_patient_can_be_asked_by_email_and_text(go, asked):
    ask(go, asked, email="tom@example.test", phone="(602) 555-0143")
    paper = asked.authorization
    assert (paper.kind, paper.is_given, paper.is_for_patient) == ("e_authorization", False, True)
    assert (paper.patient_email, str(paper.patient_phone)) == ("tom@example.test", "+16025550143")


@pytest.mark.parametrize("said", [{}, {"email": "nobody"}, {"phone": "12"}])
def test_asking_the_patient_needs_a_way_to_reach_them(go, asked, said):
    assert ask(go, asked, **said).status_code == 422
    assert asked.authorization is None


def test_nothing_is_sent_before_the_request_is_submitted(go, asked):
    from correspondence.models import Notice

    ask(go, asked, email="tom@example.test")
    assert not Notice.objects.exists()


def test_one_file_can_serve_all_each_with_its_own_row(go, two):
    upload(go, two[0])
    go("wizard_authorization_for_all", two[0].batch_id, two[0].public_id, post={})
    assert two[1].authorization.document == two[0].authorization.document
    assert Authorization.objects.count() == 2


def test_one_that_has_its_own_keeps_it(go, two):
    upload(go, two[1], kind="court_order")
    upload(go, two[0])
    go("wizard_authorization_for_all", two[0].batch_id, two[0].public_id, post={})
    assert two[1].authorization.kind == "court_order"


def test_deleting_asks_first(go, asked):
    upload(go, asked)
    go("wizard_authorization_delete", asked.batch_id, asked.public_id)
    assert asked.authorization


def test_deleting_takes_the_file_too(go, asked, django_capture_on_commit_callbacks):
    from documents import store

    upload(go, asked)
    key = asked.authorization.document.key
    with django_capture_on_commit_callbacks(execute=True):
        go("wizard_authorization_delete", asked.batch_id, asked.public_id, post={})
    assert not Document.objects.exists()
    with pytest.raises(FileNotFoundError):
        store.open_blob(key).read()


def test_deleting_leaves_a_file_that_another_provider_uses(go, two):
    upload(go, two[0])
    go("wizard_authorization_for_all", two[0].batch_id, two[0].public_id, post={})
    go("wizard_authorization_delete", two[0].batch_id, two[0].public_id, post={})
    assert two[1].authorization.document


def test_a_second_upload_replaces_the_first(go, asked):
    upload(go, asked)
    upload(go, asked, kind="court_order")
    assert Authorization.objects.get().kind == "court_order"
    assert Document.objects.count() == 1
