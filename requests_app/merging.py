"""What becomes of requests when two custodians are merged (docs/decisions/0011-directory.md).

A draft moves to the one that stays. What was sent, or lies with the patient to sign, stays about the one it names:
its authorization, its price and its documents were made for that.
"""

from django.dispatch import receiver

from directory.models import Service
from directory.signals import custodians_merged, custodians_merging
from requests_app.models import Batch, RecordRequest
from requests_app.models.states import OPEN, State


@receiver(custodians_merging)
def hold(sender, *, gone, into, **_signal):
    """Lock drafts and what is open before the custodians: the order in which everybody else does."""
    drafts = RecordRequest.objects.filter(custodian=gone, state=State.DRAFT)
    batches = list(drafts.values_list("batch", flat=True))
    list(Batch.objects.select_for_update().filter(pk__in=batches).order_by("pk"))
    list(_open(gone).select_for_update(of=("self",)).order_by("pk"))


@receiver(custodians_merged)
def move(sender, *, gone, into, by, **_signal):
    for record_request in _open(gone).select_related("batch").order_by("pk"):
        if record_request.state == State.DRAFT:
            _move_draft(record_request, into, by)
        elif into.organization_id and not record_request.custodian_organization_id:
            _change(record_request, by, into, custodian_organization_id=into.organization_id)


def _open(custodian):
    return RecordRequest.objects.filter(custodian=custodian, state__in=[State.DRAFT, *OPEN])


def _move_draft(record_request, into, by):
    paper = record_request.authorization
    if paper and (paper.is_signed_here or paper.is_for_patient):
        return
    if record_request.batch.record_requests.filter(custodian=into).exists():
        return  # both were chosen; the draft says so (`readiness`)
    kinds = record_request.services.values_list("kind", flat=True)
    record_request.services.set(Service.objects.filter(custodian=into, kind__in=list(kinds)))
    _change(record_request, by, into, custodian_id=into.pk, custodian_organization_id=into.organization_id)
    record_request.batch.withdraw_estimate()


def _change(record_request, by, into, **columns):
    RecordRequest.objects.filter(pk=record_request.pk).update(**columns)
    record_request.record("custodian_merged", by=by, into=into.pk)
