import pytest
from django.urls import reverse

from audit.models import Activity
from requests_app.models import RecordPage


def address(record_request, name="qa", **more):
    return reverse(name, args=[record_request.public_id, *more.values()])


def pages(record_request):
    return list(record_request.pages.kept())


def test_it_opens_at_the_first_page_without_a_verdict(in_review, clara, as_):
    first, second, _third = pages(in_review)
    as_(clara).post(address(in_review, "approve_page", page=first.pk))
    shown = as_(clara).get(address(in_review))
    assert shown.status_code == 200
    assert shown.context["leaf"].pk == second.pk


def test_request_page(in_review, clara, as_):
    assert as_(clara).get(in_review.get_absolute_url()).status_code == 200
