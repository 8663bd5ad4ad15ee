"""The case number is the requestor's own (product 5.10): it is in nothing that a practice gets to see."""

import io

import pypdfium2
import pytest
from django.urls import reverse

from tests.access import looking
from tests.access.world import CASE_NUMBER

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def text(content):
    pages = pypdfium2.PdfDocument(io.BytesIO(content))
    return "".join(page.get_textpage().get_text_range() for page in pages)


def test_the_requestor_s_invoice_shows_it_the_practice_s_does_not(world):
    address = reverse("invoice_pdf", args=[world.ours.priced.public_id])
    assert CASE_NUMBER in text(looking.body(world.browsers["rosa"].get(address)))
    assert CASE_NUMBER not in text(looking.body(world.browsers["clara"].get(address)))


def test_it_is_not_in_the_practice_s_export(world):
    answer = world.browsers["clara"].get(reverse("inbound_export"), {"status": "all"})
    assert CASE_NUMBER not in looking.body(answer).decode()


def test_the_practice_can_t_find_a_request_by_it(world):
    page = world.browsers["clara"].get(reverse("inbound"), {"q": CASE_NUMBER, "status": "all"})
    assert "/requests/" not in page.content.decode()


def test_a_paper_of_money_names_no_patient(world):
    for name, request in (
        ("estimate_pdf", world.ours.qa),
        ("invoice_pdf", world.ours.priced),
        ("receipt_pdf", world.ours.completed),
    ):
        answer = world.browsers["rosa"].get(reverse(name, args=[request.public_id]))
        assert "Wright" not in text(looking.body(answer))
