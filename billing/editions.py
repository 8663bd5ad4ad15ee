"""The first edition of the fee schedules: the file this version of the product brings."""

from django.conf import settings

from billing.models import Edition


def begin_with_the_file(sender, using, **kwargs):
    """After `migrate`: a database without schedules gets those of settings.FEE_SCHEDULES_FILE.

    A newer file is loaded by `manage.py load_fee_schedules`, with the day from which it holds.
    """
    if using == "default" and not Edition.objects.exists():
        Edition.from_file(settings.FEE_SCHEDULES_FILE)
