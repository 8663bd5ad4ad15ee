"""What a requestor and a patient do around a signature."""

import re

from django.db import transaction

from requests_app.authorizations import signing
from requests_app.authorizations.sending import send_invitations
from requests_app.models import Authorization, RecordRequest
from tests import stage

EMAIL = "thomas@example.test"
BORN = "11/02/1978"


def specified(batch, custodian, *, by):
    record_request = RecordRequest.draft(batch, custodian, by=by)
    record_request.record_types = ["medical"]
    record_request.dates = RecordRequest.Dates.ALL
    record_request.is_specified = True
    record_request.save()
    return record_request


def for_patient(record_request, email=EMAIL, phone=""):
    return Authorization.objects.create(
        record_request=record_request,
        kind=Authorization.Kind.E_AUTHORIZATION,
        patient_email=email,
        patient_phone=phone,
    )


def wait_for_patient(by, custodian, *, email=EMAIL, phone="", **fields):
    """A complete draft whose patient is sent the link."""
    record_request = specified(stage.batch(by, **fields), custodian, by=by)
    for_patient(record_request, email, phone)
    with transaction.atomic():
        record_request.hold_for_signature(by=by)
        send_invitations(record_request.batch, by=by)
    return record_request


def also_ask(record_request, custodian, *, by):
    """Another custodian of the same batch, waiting for the same signature."""
    other = specified(record_request.batch, custodian, by=by)
    paper = for_patient(other)
    paper.invitation = record_request.authorization.invitation
    paper.save()
    other.hold_for_signature(by=by)
    return other


def seen(link):
    return signing.seal_of(link, signing.reading(link))


def signature(**said):
    return signing.Signature(
        **{"name": "Thomas Wright", "initials": "TW", "capacity": "self", "address": "192.0.2.7"} | said
    )


def sign(link, **said):
    return signing.sign(link, signature(**said), seen=seen(link))


def answers(page, **said):
    """What the form sends: the seal that stands on the page, and these answers."""
    seal = re.search(r'name="seen" value="(\w+)"', page.content.decode()).group(1)
    given = {"capacity": "self", "name": "Thomas Wright", "initials": "tw", "agrees": "on"}
    return {"seen": seal} | given | said
