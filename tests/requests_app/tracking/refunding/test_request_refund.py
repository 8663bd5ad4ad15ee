"""The form for a refund: what it refuses stands next to its field, and nothing typed is lost (product 7.7)."""

import time
import uuid
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.models import Refund
from documents.intake import take_in
from documents.models import Document, Use
from tests import stage
from tests.billing import paid, purse

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
CENT = Decimal("0.01")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"0" * 64


@pytest.fixture
def send(fresh, rosa, address, typed):
    """`send(amount="1.00")` is the answer to the form, as rosa sends it."""
    return lambda **said: fresh(rosa).post(address, typed | said)


def errors(answer, field):
    return " ".join(answer.context["form"].errors[field])


def stale(client, member):
    """The password was typed ten minutes ago."""
    purse.sign_in(client, member)
    session = client.session
    session["account_authentication_methods"][0]["at"] = time.time() - 600
    session.save()
    return client


def test_it_is_asked_for_and_confirmed(send, settled):
    answer = send()
    refund = Refund.objects.get()
    assert answer.url == settled.record_request.get_absolute_url()
    assert (refund.amount, refund.reason, refund.mail_city) == (Decimal("10.00"), "pricing", "Macon")


def test_the_confirmation_says_how_long_it_takes(fresh, rosa, address, typed):
    page = fresh(rosa).post(address, typed, follow=True).content.decode()
    assert "7–10 business days" in page
    assert "Refund request submitted" in page


def test_too_much_says_what_was_paid_next_to_its_field(send, settled):
    answer = send(amount=str(settled.total + CENT), comments="Twice as much as agreed.")
    assert answer.status_code == 422
    assert f"You paid ${settled.total}" in errors(answer, "amount")
    assert "Twice as much as agreed." in answer.content.decode()
    assert not Refund.objects.exists()


def test_all_of_it_is_fine(send, settled):
    assert send(amount=str(settled.total)).status_code == 302


BAD = ["-0.01", "0", "0.001", "1e9", "1e309", "NaN", "1,000.00", "１２.００", "٣", "", "Infinity", "10000000"]


@pytest.mark.parametrize("amount", BAD)
def test_a_bad_amount_stores_nothing_and_is_shown_again(send, amount):
    answer = send(amount=amount)
    assert (answer.status_code, bool(errors(answer, "amount"))) == (422, True)
    assert answer.context["form"]["amount"].value() == amount
    assert not Refund.objects.exists()


def test_other_needs_a_comment(send):
    assert "Say in the comments" in errors(send(reason="other"), "comments")


def test_the_product_s_own_reason_can_t_be_chosen(send):
    assert errors(send(reason="by_itself"), "reason")


@pytest.mark.parametrize("field", ["mail_street", "mail_city", "mail_state", "mail_zip"])
def test_the_mailing_address_is_needed(send, field):
    assert errors(send(**{field: ""}), field)


def test_three_pdfs_come_with_it(send):
    send(files=[stage.pdf_file(f"{number}.pdf", title=str(number)) for number in range(3)])
    assert Refund.objects.get().documents.count() == 3


def test_a_fourth_is_refused_and_the_three_stay(send):
    answer = send(files=[stage.pdf_file(f"{number}.pdf", title=str(number)) for number in range(4)])
    assert "at most 3 files" in errors(answer, "files")
    assert len(answer.context["form"].kept) == 3
    assert not Refund.objects.exists()


def test_only_pdfs_by_content_and_the_good_one_stays(send):
    picture = SimpleUploadedFile("scan.pdf", PICTURE, content_type="application/pdf")
    answer = send(files=[picture, stage.pdf_file("good.pdf")])
    assert "scan.pdf" in errors(answer, "files")
    assert [one.name for one in answer.context["form"].kept] == ["good.pdf"]


def test_more_than_20_mb_is_refused(send):
    large = SimpleUploadedFile("large.pdf", b"%PDF-1.7\n" + b"0" * (20 * 1024 * 1024))
    assert "larger than 20 MB" in errors(send(files=[large]), "files")


def test_a_file_that_was_taken_stays_while_something_else_is_corrected(send):
    first = send(amount="0", files=[stage.pdf_file("bill.pdf")])
    (kept,) = first.context["form"].kept
    assert f'value="{kept.pk}" checked' in first.content.decode()
    send(kept=str(kept.pk))
    assert list(Refund.objects.get().documents.all()) == [kept]
    assert Document.objects.count() == 1


def test_nobody_names_a_file_that_is_somebody_else_s(send, ruth):
    hers = take_in(stage.pdf_file("hers.pdf"), use=Use.REFUND_EVIDENCE, by=ruth)
    send(kept=str(hers.pk))
    assert not Refund.objects.get().documents.exists()


def test_the_same_form_twice_is_one_refund(send):
    assert send().url == send().url
    assert Refund.objects.count() == 1


def test_a_file_of_one_refund_is_not_of_another(send, typed, settled, rosa, fresh, address):
    send(files=[stage.pdf_file("bill.pdf")])
    kept = Document.objects.get()
    another = {"form_key": str(uuid.uuid4()), "amount": "1.00", "kept": str(kept.pk)}
    fresh(rosa).post(address, typed | another)
    assert [one.documents.count() for one in Refund.objects.order_by("id")] == [1, 0]


def test_opening_it_needs_a_fresh_sign_in(client, rosa, address):
    assert "/reauthenticate/" in stale(client, rosa).get(address).url


def test_what_was_typed_waits_while_they_show_who_they_are(client, rosa, address, typed):
    browser = stale(client, rosa)
    said = typed | {"comments": "Twice as much.", "files": [stage.pdf_file("bill.pdf")]}
    answer = browser.post(address, said)
    assert "/reauthenticate/" in answer.url
    assert not Refund.objects.exists()
    page = purse.sign_in(client, rosa).get(f"{address}?again={typed['form_key']}")
    assert "Twice as much." in page.content.decode()
    assert [one.name for one in page.context["form"].kept] == ["bill.pdf"]


def test_day_31_is_told_and_leads_back(fresh, rosa, address, settled):
    paid.days_ago(settled, 31)
    answer = fresh(rosa).get(address, follow=True)
    assert "within 30 days" in answer.content.decode()


def test_another_request_s_invoice_is_none_here(fresh, rosa, settled, draft):
    address = reverse("request_refund", args=[draft.public_id, settled.pk])
    assert fresh(rosa).get(address).status_code == 404


def test_the_practice_may_not_ask(fresh, clara, address):
    assert fresh(clara).get(address).status_code == 403


@pytest.mark.parametrize(("days", "said"), [(30, "Request a Refund"), (31, "This was paid on")])
def test_the_page_of_the_request_leads_there_or_says_until_when_it_did(as_, rosa, settled, days, said):
    paid.days_ago(settled, days)
    page = as_(rosa).get(settled.record_request.get_absolute_url()).content.decode()
    told = [one for one in ("Request a Refund", "This was paid on") if one in page]
    assert told == [said]
