"""Every transaction balances to the cent, is written once, and stays as it was written (product 7.8)."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import LedgerEntry, LedgerTransaction

pytestmark = pytest.mark.django_db
D = Decimal


@pytest.fixture
def written():
    return LedgerTransaction.write("test:1", {"receivable": D("10.00"), "revenue": D("-10.00")})


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.dictionaries(st.sampled_from(LedgerEntry.Account.values), st.decimals(-999, 999, places=2)))
def test_only_what_balances_is_written(amounts):
    before = LedgerEntry.objects.count()
    balances = sum(amounts.values(), D(0)) == 0
    if balances:
        LedgerTransaction.write(f"test:{hash(tuple(amounts.items()))}", amounts)
    else:
        with pytest.raises(ValueError, match="balance"):
            LedgerTransaction.write("test:wrong", amounts)
        assert LedgerEntry.objects.count() == before
    assert sum(LedgerEntry.objects.values_list("amount", flat=True), D(0)) == 0


def test_a_reference_is_written_once(written):
    again = LedgerTransaction.write("test:1", {"receivable": D("99.00"), "revenue": D("-99.00")})
    assert (again, written.entries.count()) == (written, 2)


@pytest.mark.parametrize("model", [LedgerTransaction, LedgerEntry])
def test_nothing_is_edited_or_deleted(written, model):
    row = model.objects.first()
    for change in (row.save, row.delete, model.objects.all().delete, lambda: model.objects.update(pk=9)):
        with pytest.raises(TypeError):
            change()
