"""What a new database begins with: the fee schedules of the file this version brings, and the first tariff."""

from django.conf import settings

from billing.models import Edition, Tariff
from billing.models.tariff import FIRST


def begin_with_the_file(sender, using, **kwargs):
    """After `migrate`: a database without schedules gets those of settings.FEE_SCHEDULES_FILE.

    A newer file is loaded by `manage.py load_fee_schedules`, with the day from which it holds.
    """
    if using == "default" and not Edition.objects.exists():
        Edition.from_file(settings.FEE_SCHEDULES_FILE)


def begin_with_the_first_tariff(sender, using, **kwargs):
    """After `migrate`: a database without a tariff of cancellations gets the first; ops make the next."""
    if using == "default" and not Tariff.objects.exists():
        Tariff.objects.create(**FIRST)
