"""What ops type about a custodian: an amount is dollars and cents, nothing else (trust.md, "Bad input")."""

from decimal import Decimal

import pytest
from django.urls import reverse

from directory.admin.custodians import CustodianForm, ServiceForm

pytestmark = pytest.mark.django_db
BAD = ["-0.01", "0.001", "1e2", "1e309", "NaN", "1,000.00", "１２", "١٢", "Infinity", "-0", "9" * 30]


@pytest.fixture
def save(client, olga, custodian):
    """`save(rush_fee="5.00")` posts the page of the custodian as it is, but for what is named."""
    client.force_login(olga)
    address = reverse("admin:directory_custodian_change", args=[custodian.pk])

    def posted(**typed):
        page = client.get(address).context
        fields = list(page["adminform"].form)
        for formset in page["inline_admin_formsets"]:
            fields += [
                field for form in (formset.formset.management_form, *formset.formset) for field in form
            ]
        said = {field.html_name: field.value() for field in fields}
        return client.post(
            address, {name: one for name, one in said.items() if one not in (None, "")} | typed
        )

    return posted


def test_the_fees_are_kept_to_the_cent(save, custodian):
    assert save(rush_fee="40", provider_fee="2.50", agreed_copy_fee="").status_code == 302
    custodian.refresh_from_db()
    fees = (custodian.rush_fee, custodian.provider_fee, custodian.agreed_copy_fee)
    assert fees == (Decimal("40.00"), Decimal("2.50"), None)


def test_a_service_s_fee_is_kept_to_the_cent(save, custodian):
    assert save(**{"services-0-fee": "7.5"}).status_code == 302
    assert custodian.services.first().fee == Decimal("7.50")


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_amount_is_an_error_beside_its_field(typed):
    names = ["rush_fee", "provider_fee", "agreed_copy_fee"]
    assert set(names) <= set(CustodianForm(dict.fromkeys(names, typed)).errors)
    assert "fee" in ServiceForm({"fee": typed}).errors


def test_and_nothing_is_stored(save, custodian):
    assert "rush_fee" in save(rush_fee="1e2").context["adminform"].form.errors
    custodian.refresh_from_db()
    assert custodian.rush_fee != 100
