"""A practice that changes its fees, services, rush or delivery changes requests to come, and no other (product 2.9)."""

from decimal import Decimal

import pytest

from audit.actors import SYSTEM
from audit.models import MoveRefused
from directory.models import Custodian
from outbox.models import Job
from outbox.queue import run_due
from requests_app import quoting
from requests_app.intake import estimating, submitting
from requests_app.intake.draft import DETAILS, Draft
from requests_app.models import Batch, RecordRequest, State
from tests import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(rosa, custodian, clara):
    """A draft that asks for a certification and rush, whose estimate is not approved yet."""
    custodian.change(by=clara, offers_rush=True, rush_fee=Decimal("35.00"))
    one = stage.draft(rosa, custodian, estimate_approved_at=None)
    one.services.add(custodian.services.get(kind="certification"), custodian.services.get(kind="images"))
    RecordRequest.objects.filter(pk=one.pk).update(is_rush=True)
    return RecordRequest.objects.get(pk=one.pk)


def seen(asked):
    return estimating.total(estimating.estimates(Draft(Batch.objects.get(pk=asked.batch_id))))


def approve(asked, rosa, total=None):
    batch = Batch.objects.get(pk=asked.batch_id)
    estimating.approve(batch, by=rosa, seen=str(total if total is not None else seen(asked)))


def dearer(custodian, clara):
    Custodian.objects.filter(pk=custodian.pk).update(provider_fee=Decimal("99.00"))
    custodian.change_services({"images": (True, Decimal("150.00"))}, by=clara)
    custodian.change(by=clara, rush_fee=Decimal("350.00"), offers_fax=False)


def amounts(asked):
    fresh = RecordRequest.objects.get(pk=asked.pk)
    return {line["code"]: line["amount"] for line in quoting.reckon(fresh, pages=10).lines}


def test_an_approved_estimate_keeps_its_fees(asked, rosa, custodian, clara):
    approve(asked, rosa)
    before, shown = amounts(asked), seen(asked)
    kept = asked.quotes.get().lines
    dearer(custodian, clara)
    assert (amounts(asked), seen(asked)) == (before, shown)
    assert asked.quotes.get().lines == kept


def test_a_submitted_request_keeps_its_fees_and_a_service_that_is_offered_no_longer(
    asked, rosa, custodian, clara
):
    approve(asked, rosa)
    submitting.submit(Batch.objects.get(pk=asked.batch_id), by=rosa)
    before = amounts(asked)
    dearer(custodian, clara)
    custodian.change_services({"images": (False, None), "certification": (False, None)}, by=clara)
    custodian.change(by=clara, offers_rush=False)
    assert amounts(asked) == before
    assert (before["images"], before["rush"]) == ("15.00", "35.00")
    priced = stage.priced(RecordRequest.objects.get(pk=asked.pk), clara)
    lines = {line["code"]: line["amount"] for line in priced.quotes.get(kind="price").lines}
    assert (lines["images"], lines["rush"]) == ("15.00", "35.00")


def test_a_draft_pays_the_new_fees_and_is_told(asked, rosa, custodian, clara):
    shown = seen(asked)
    dearer(custodian, clara)
    assert seen(asked) > shown
    with pytest.raises(MoveRefused, match="changed since you saw it"):
        approve(asked, rosa, shown)


def test_an_estimate_that_is_approved_anew_takes_the_new_fees(asked, rosa, custodian, clara):
    approve(asked, rosa)
    dearer(custodian, clara)
    before = seen(asked)
    Batch.objects.get(pk=asked.batch_id).withdraw_estimate()
    assert seen(asked) > before
    approve(asked, rosa)
    assert amounts(asked)["images"] == "150.00"


def test_a_second_look_at_what_is_approved_changes_no_fee(asked, rosa, custodian, clara):
    approve(asked, rosa)
    before = amounts(asked)
    dearer(custodian, clara)
    approve(asked, rosa)
    assert amounts(asked) == before


def test_a_draft_that_chose_what_is_offered_no_longer_looks_again(asked, rosa, custodian, clara, as_):
    approve(asked, rosa)
    custodian.change_services({"images": (False, None)}, by=clara)
    custodian.change(by=clara, offers_rush=False)
    draft = Draft(Batch.objects.get(pk=asked.batch_id))
    assert not draft.is_done[DETAILS]
    assert draft.record_requests[0].not_offered == ["Medical Images", "Rush"]
    with pytest.raises(MoveRefused):
        submitting.submit(draft.batch, by=rosa)
    page = as_(rosa).get(f"/new/{asked.batch_id}/details/").content.decode()
    assert "offer this any more: Medical Images, Rush" in page
    said = {
        f"{asked.public_id}-{name}": value
        for name, value in {"record_types": "medical", "dates": "all"}.items()
    }
    assert as_(rosa).post(f"/new/{asked.batch_id}/details/", said).status_code == 302
    assert Draft(Batch.objects.get(pk=asked.batch_id)).is_done[DETAILS]


def test_a_fax_that_was_agreed_on_is_still_sent_and_one_never_offered_is_a_download(rosa, custodian, clara):
    faxed = stage.draft(rosa, custodian, delivery="fax", return_fax="+14785550199")
    faxed.submit(by=rosa)
    custodian.change(by=clara, offers_fax=False)
    later = stage.draft(rosa, custodian, delivery="fax", return_fax="+14785550199")
    later.submit(by=rosa)
    fresh = RecordRequest.objects.in_bulk([faxed.pk, later.pk])
    assert quoting.medium(fresh[faxed.pk]) == quoting.PAPER
    assert quoting.medium(fresh[later.pk]) == quoting.ELECTRONIC


@pytest.mark.parametrize("offers_fax", [True, False])
def test_a_fax_leaves_where_the_practice_faxes_and_else_the_records_are_a_download(
    rosa, custodian, clara, offers_fax
):
    custodian.change(by=clara, offers_fax=offers_fax)
    one = stage.draft(rosa, custodian, delivery="fax", return_fax="+14785550199")
    one.submit(by=rosa)
    stage.priced(one, clara)
    RecordRequest.objects.get(pk=one.pk).order(by=SYSTEM)
    run_due(kind="requests.deliver")
    assert Job.objects.filter(kind="requests.fax").exists() == offers_fax
    assert RecordRequest.objects.get(pk=one.pk).state == (State.ORDERED if offers_fax else State.COMPLETED)
