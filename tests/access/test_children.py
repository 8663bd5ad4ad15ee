"""Children of another parent: a foreign id inside one's own address, or in a form field, is as good as none."""

import pytest
from django.urls import reverse

from billing.models import Payment
from tests.access import forms
from tests.access.world import SSN

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])


def at(name, request, **more):
    return reverse(name, kwargs={"public_id": request.public_id, **more})


def of_draft(name, world, **more):
    return reverse(name, kwargs={"batch_id": world.ours.draft.batch_id, **more})


@pytest.fixture
def clara(world):
    return world.browsers["clara"]


@pytest.fixture
def rosa(world):
    return world.browsers["rosa"]


def other_pages(world):
    """A page of another request of the same practice, and one of another practice."""
    return world.ours.pending.pages.first(), world.theirs.qa.pages.first()


@pytest.mark.parametrize("name", ["page_picture", "page_thumbnail", "qa_page"])
def test_a_page_is_shown_only_within_its_own_request(world, clara, name):
    for page in other_pages(world):
        assert clara.get(at(name, world.ours.qa, page=page.pk)).status_code == 404


@pytest.mark.parametrize("name", ["approve_page", "remove_page", "reopen_page", "rotate_page"])
def test_a_page_is_judged_only_within_its_own_request(world, clara, name):
    for page in other_pages(world):
        assert clara.post(at(name, world.ours.qa, page=page.pk)).status_code == 404
        page.refresh_from_db()
        assert (page.verdict, page.rotation) == ("", 0)


@pytest.mark.parametrize("name", ["remove_file", "move_file"])
def test_a_file_is_moved_only_within_its_own_request(world, clara, name):
    for request in (world.ours.pending, world.theirs.qa):
        file = request.files.first()
        answer = clara.post(at(name, world.ours.qa, file=file.pk), {"step": "later"})
        assert answer.status_code == 404
        assert request.files.kept().filter(pk=file.pk).exists()


def test_a_removed_file_s_pages_are_gone_for_everybody(world, clara):
    file = world.ours.qa.files.first()
    clara.post(at("remove_file", world.ours.qa, file=file.pk))
    page = file.pages.first()
    assert clara.get(at("page_picture", world.ours.qa, page=page.pk)).status_code == 404


def test_another_practice_s_checklist_is_not_ticked(world, clara):
    item = world.peachtree.organization.checklist.get()
    answer = clara.post(at("tick_checklist", world.ours.qa, item=item.pk), {"done": "1"})
    assert answer.status_code == 404
    assert not world.ours.qa.ticks.exists()


@pytest.mark.parametrize("person", ["otto", "rosa", "lily", "rita"])
def test_a_request_is_given_to_colleagues_only(world, clara, person):
    answer = clara.post(at("assign", world.ours.qa), {"member": world.people[person].pk})
    assert answer.status_code == 404
    world.ours.qa.refresh_from_db()
    assert world.ours.qa.assigned_to is None


@pytest.mark.parametrize("card", ["theirs", "a colleague's own"])
def test_a_strange_card_doesn_t_pay(world, card):
    payer, chosen = ("rosa", world.theirs.card) if card == "theirs" else ("ruth", world.ours.asked)
    request = world.ours.priced
    sent = {"invoice": request.invoices.get().number, "card": chosen.pk}
    answer = world.browsers[payer].post(at("make_payment", request), sent)
    assert answer.status_code == 422
    assert not Payment.objects.filter(invoice__record_request=request).exists()


@pytest.mark.parametrize("side", ["ours", "theirs"])
def test_an_invoice_of_another_request_isn_t_paid_here(world, rosa, side):
    other = getattr(world, side).waits if side == "ours" else world.theirs.priced
    sent = {"invoice": other.invoices.get().number, "card": world.ours.card.pk}
    before = Payment.objects.count()
    assert rosa.post(at("make_payment", world.ours.priced), sent).status_code == 404
    assert Payment.objects.count() == before


def test_a_draft_can_t_take_a_strange_card(world, rosa):
    for card in (world.theirs.card, world.theirs.asked):
        answer = rosa.post(of_draft("wizard_payment", world), {"pay_by": "card", "card": card.pk})
        assert answer.status_code == 422
    world.ours.draft.batch.refresh_from_db()
    assert world.ours.draft.batch.card is None


def test_a_service_of_another_custodian_can_t_be_asked_for(world, rosa):
    request = world.ours.draft
    sent = forms.details(world, request)
    sent[f"{request.public_id}-services"] = world.peachtree.services.first().pk
    assert rosa.post(of_draft("wizard_details", world), sent).status_code == 422
    assert not request.services.exists()


CHILDREN = [
    ("wizard_provider_remove", {}),
    ("wizard_specify", {}),
    ("wizard_apply_to_all", {}),
    ("wizard_authorization_upload", {}),
    ("wizard_authorization_ask", {}),
    ("wizard_authorization_for_all", {}),
    ("wizard_authorization_delete", {}),
]


@pytest.mark.parametrize(("name", "sent"), CHILDREN, ids=[name for name, _ in CHILDREN])
@pytest.mark.parametrize("other", ["another of ours", "theirs"])
def test_a_request_of_another_batch_isn_t_reached_through_one_s_own(world, rosa, name, sent, other):
    stranger = world.theirs.draft if other == "theirs" else world.ours.signing
    answer = rosa.post(of_draft(name, world, public_id=stranger.public_id), sent)
    assert answer.status_code == 404
    assert stranger.authorizations.count() == 1


def test_a_thumbnail_of_another_batch_isn_t_reached_through_one_s_own(world, rosa):
    stranger = world.theirs.draft
    address = of_draft("wizard_authorization_thumbnail", world, public_id=stranger.public_id)
    assert rosa.get(address).status_code == 404


def test_the_key_of_a_stranger_s_draft_opens_nothing(world, rosa):
    address = reverse("wizard_patient", args=[world.theirs.draft.batch.key])
    assert rosa.get(address).status_code == 404
    assert rosa.post(address, forms.PATIENT).status_code == 404


def test_nobody_acts_for_an_organization_they_left_or_never_joined(world):
    for person, member in (("rex", "rex"), ("rosa", "sam"), ("sam", "clara"), ("anonymous", "rosa")):
        browser = world.browsers[person]
        answer = browser.post(reverse("act_for"), {"member": world.people[member].pk})
        assert answer.status_code == 404 or answer["Location"].startswith("/account/login/")
        assert "member" not in browser.session


def test_a_draft_is_nothing_to_its_custodian(world, clara):
    draft = world.ours.draft
    for name in ("record_request", "authorization_file", "invoice_pdf", "mark_incomplete", "upload_records"):
        assert clara.get(at(name, draft)).status_code == 404
    listed = clara.get(reverse("inbound"), {"status": "all", "q": str(draft)}).content.decode()
    assert draft.get_absolute_url() not in listed
    found = clara.get(reverse("check_status"), {"request_id": str(draft)})
    assert found.status_code == 404


@pytest.mark.parametrize("name", ["outbound", "inbound", "outbound_export", "inbound_export", "home"])
def test_a_list_holds_only_what_is_one_s_own(world, name):
    for person in ("rosa", "clara", "pat"):
        page = b"".join(world.browsers[person].get(reverse(name), {"status": "all"})).decode()
        assert "Quist" not in page
        assert "Zebulon" not in page


def test_a_search_and_its_counts_find_nothing_of_others(world):
    for person, name in (("rosa", "outbound"), ("clara", "inbound")):
        page = world.browsers[person].get(reverse(name), {"q": "Quist", "status": "all"}).content.decode()
        assert "/requests/" not in page


def test_the_ssn_stands_only_as_its_last_four_until_somebody_clicks(world, clara):
    page = clara.get(world.ours.qa.get_absolute_url()).content.decode()
    assert "9999" in page
    assert SSN not in page
    shown = clara.post(at("show_ssn", world.ours.qa)).content.decode()
    assert SSN in shown
