""" "usually between $x and $y": the middle half of the custodian's own releases, once there are five like it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import models
from django.utils import timezone

from billing.models import Quote
from requests_app.intake import estimating
from requests_app.intake.draft import Draft
from requests_app.models import RecordRequest
from tests import cast, stage

pytestmark = pytest.mark.django_db
PAGES = [10, 20, 30, 40, 500]


@pytest.fixture
def other_practice(db):
    return cast.custodian(cast.organization("Peachtree Radiology", "provider"), "Peachtree Radiology")


def released(member, custodian, pages, *, types=("medical",), days_ago=1):
    one = RecordRequest.draft(stage.batch(member), custodian, by=member)
    models.QuerySet(RecordRequest).filter(pk=one.pk).update(
        state="completed",
        page_count=pages,
        record_types=list(types),
        priced_at=timezone.now() - timedelta(days=days_ago),
    )


def estimate(draft):
    (found,) = estimating.estimates(Draft(draft.batch))
    return found


def test_with_five_like_it_the_middle_half_is_told(draft, rosa, sam, custodian):
    for place, pages in enumerate(PAGES):
        released((rosa, sam)[place % 2], custodian, pages)
    found = estimate(draft)
    assert (found.usual.low, found.usual.median, found.usual.high, found.usual.count) == (20, 30, 40, 5)
    assert found.pages == 30
    assert found.low <= found.reckoned.total <= found.high


def test_with_four_it_is_as_before(draft, rosa, custodian):
    for pages in PAGES[:4]:
        released(rosa, custodian, pages)
    assert (estimate(draft).usual, estimate(draft).pages) == (None, 60)


@pytest.mark.parametrize("but", ["types", "class", "age", "custodian"])
def test_what_is_not_like_it_says_nothing(draft, rosa, custodian, other_practice, but):
    member = cast.member("ines", cast.organization("Acme Insurance", "insurer")) if but == "class" else rosa
    for pages in PAGES:
        released(
            member,
            other_practice if but == "custodian" else custodian,
            pages,
            types=["billing"] if but == "types" else ["medical"],
            days_ago=800 if but == "age" else 1,
        )
    assert estimate(draft).usual is None


def test_the_page_says_it(go, draft, rosa, custodian, per_page):
    for pages in PAGES:
        released(rosa, custodian, pages)
    page = go("wizard_estimate", draft.batch_id)
    low, high = page.context["usually"]
    assert low < high
    assert f"usually between ${low} and ${high}" in page.content.decode()


def test_what_was_approved_is_kept_with_the_request(go, draft, rosa, custodian, per_page):
    for pages in PAGES:
        released(rosa, custodian, pages)
    total = go("wizard_estimate", draft.batch_id).context["total"]
    go("wizard_estimate", draft.batch_id, post={"seen": total})
    kept = Quote.objects.get(record_request=draft, kind="estimate")
    usual = kept.facts["usual"]
    assert usual["releases"] == 5
    assert Decimal(usual["low"]) < kept.total < Decimal(usual["high"])


@pytest.fixture
def per_page(custodian):
    """A state whose law counts pages, so that more of them cost more."""
    custodian.state, custodian.agreed_copy_fee = "IL", None
    custodian.save()
