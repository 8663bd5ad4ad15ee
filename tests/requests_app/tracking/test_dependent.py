"""The timeline of a dependent: what was asked for them, newest first (product 4.3)."""

from datetime import date

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Dependent
from billing.models import Invoice, Quote
from chartrequest.days import business_day
from requests_app import quoting
from requests_app.models import RecordRequest
from requests_app.tracking.dependents import SIZE
from tests import cast, stage
from tests.billing import paid

pytestmark = pytest.mark.django_db


@pytest.fixture
def aisha():
    return cast.member("aisha", cast.organization("Aisha Rahman", "household"))


@pytest.fixture
def leo(aisha):
    return Dependent.add(by=aisha, first_name="Leo", last_name="Rahman", birth_date=date(2015, 5, 4))


def ask(member, custodian, dependent=None):
    made = stage.draft(member, custodian)
    made.patient.dependent = dependent
    made.patient.save()
    return made


@pytest.fixture
def shown(as_, aisha, leo):
    def opened(query=""):
        return as_(aisha).get(reverse("dependent", args=[leo.pk]) + query)

    return opened


def test_without_requests_it_offers_one(shown, leo):
    page = shown().content.decode()
    assert "No requests yet" in page
    assert f"?who=dependent-{leo.pk}" in page


def test_it_shows_what_was_asked_newest_first(shown, aisha, leo, custodian):
    first, second = ask(aisha, custodian, leo), ask(aisha, custodian, leo)
    second.submit(by=aisha)
    answer = shown()
    assert [str(one) for one in answer.context["page"]] == [str(second), str(first)]
    page = answer.content.decode()
    assert "Pending" in page
    assert "Lakeside Family Medicine" in page


def test_what_was_asked_for_others_is_not_here(shown, aisha, leo, custodian):
    lea = Dependent.add(by=aisha, first_name="Lea", last_name="Rahman", birth_date=date(2015, 5, 4))
    ask(aisha, custodian, lea)
    ask(aisha, custodian)
    assert not list(shown().context["page"])


def test_a_corrected_patient_stays_on_it(shown, aisha, leo, custodian):
    made = ask(aisha, custodian, leo)
    made.patient = made.patient.corrected(first_name="Leon", last_name="Rahman", birth_date=date(2015, 5, 4))
    made.save()
    assert list(shown().context["page"]) == [made]


def test_removing_keeps_the_request_with_the_name(as_, aisha, leo, custodian):
    made = ask(aisha, custodian, leo)
    models_patient = made.patient
    models_patient.first_name, models_patient.last_name = "Leo", "Rahman"
    models_patient.save()
    made.submit(by=aisha)
    leo.remove(by=aisha)
    assert "Leo Rahman" in as_(aisha).get(made.get_absolute_url()).content.decode()
    assert "Leo Rahman" in as_(aisha).get(reverse("outbound")).content.decode()


def test_another_household_gets_404(as_, leo):
    noor = cast.member("noor", cast.organization("Noor Haddad", "household"))
    assert as_(noor).get(reverse("dependent", args=[leo.pk])).status_code == 404


def test_whose_role_may_not_see_requests_gets_403(as_, aisha, leo):
    aisha.role.permissions = ["make_requests"]
    aisha.role.save()
    assert as_(aisha).get(reverse("dependent", args=[leo.pk])).status_code == 403


def test_it_comes_in_pages_without_a_query_for_each_row(
    as_, aisha, leo, custodian, django_assert_num_queries
):
    batch = stage.batch(aisha)
    batch.patient.dependent = leo
    batch.patient.save()
    RecordRequest.draft(batch, custodian, by=aisha)
    browser = as_(aisha)
    browser.get(reverse("dependent", args=[leo.pk]))  # the first visit of a session writes it
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("dependent", args=[leo.pk]))
    for number in range(SIZE):
        other = cast.custodian(custodian.organization, name=f"Lakeside {number}")
        RecordRequest.draft(batch, other, by=aisha)
    with django_assert_num_queries(len(one)):
        answer = browser.get(reverse("dependent", args=[leo.pk]))
    assert len(answer.context["page"]) == SIZE
    assert "Next page" in answer.content.decode()


@pytest.mark.parametrize("query", ["?page=0", "?page=-1", "?page=999999999999999999999", "?page=x"])
def test_a_strange_page_number_is_a_page(shown, query):
    assert shown(query).status_code == 200


def test_one_with_an_open_refund_is_gray_and_says_so(shown, aisha, leo, custodian, olga):
    one = ask(aisha, custodian, leo)
    models.QuerySet(RecordRequest).filter(pk=one.pk).update(state="priced", page_count=3)
    one.refresh_from_db()
    quote = Quote.keep(one, Quote.Kind.PRICE, quoting.reckon(one, pages=3))
    invoice = paid.by_check(Invoice.issue(quote, one.organization, business_day()), olga)
    assert "is-refunding" not in shown().content.decode()
    paid.ask(invoice, aisha, "1.00")
    assert "is-refunding" in shown().content.decode()
    assert "Refund requested" in shown().content.decode()
