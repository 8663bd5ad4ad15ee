"""Every amount that somebody types is read by MoneyField, whose own test types all the bad ones."""

import pytest
from django import forms
from django.contrib.admin import site
from django.utils.module_loading import import_string

from billing.admin.tariffs import TariffForm
from tests.access.test_bad_input import known_forms

NUMBERS = (forms.DecimalField, forms.FloatField)


def decimals(form):
    fields = (
        form().fields if issubclass(form, TariffForm) else form.base_fields
    )  # it puts its own in their place
    return [name for name, field in fields.items() if isinstance(field, NUMBERS)]


def test_no_form_of_ours_reads_one_by_itself():
    found = {name: decimals(import_string(name)) for name in known_forms()}
    assert len(found) > 50
    assert {name: fields for name, fields in found.items() if fields} == {}


@pytest.mark.django_db
def test_nor_does_a_page_of_the_admin(rf, olga):
    request, found = rf.get("/"), {}
    request.user = olga
    for page in site._registry.values():
        writes = page.has_add_permission(request) or page.has_change_permission(request)
        made = [page.get_form(request)] if writes else []
        made += [one.get_formset(request).form for one in page.get_inline_instances(request) if writes]
        found |= {f"{page.model.__name__}.{name}": form for form in made for name in decimals(form)}
    assert found == {}
