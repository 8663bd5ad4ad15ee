from datetime import timedelta

import pytest
from django.utils import timezone

from audit.actors import SYSTEM
from requests_app import invariants
from requests_app.authorizations import ending
from requests_app.models import Authorization, RecordRequest
from tests import stage
from tests.requests_app.authorizations import steps

pytestmark = pytest.mark.django_db


def test_a_signature_as_it_was_made_is_in_order(waiting, link):
    steps.sign(link)
    assert list(invariants.violations()) == []


def test_a_changed_text_is_found(waiting, link):
    steps.sign(link)
    paper = waiting.authorization
    paper.signed_clauses[0][1][0] = "Somebody else"
    paper.save()
    assert list(invariants.violations()) == [f"D: the signed text of request {waiting} was changed"]


def test_a_text_changed_with_its_hash_is_found(waiting, link):
    steps.sign(link)
    Authorization.objects.update(signed_sha256="0" * 64)
    assert f"D: no entry tells of the text signed for request {waiting}" in list(invariants.violations())


def test_a_delivery_that_was_stopped_is_no_late_one(signed, link, clara):
    stage.priced(signed, clara)
    signed.order(by=SYSTEM)
    RecordRequest.objects.update(ordered_at=timezone.now() - timedelta(hours=25))
    late = f"G: request {signed} was ordered more than a day ago and is not delivered"
    assert late in list(invariants.violations())
    ending.revoke(link)
    assert late not in list(invariants.violations())
