from django.db.models import Sum
from django.db.models.functions import Round


def total(amount, **options):
    """The sum of amounts in USD, to the cent, as an aggregate.

    SQLite adds decimals as floats: 2.02 - 2.02 - 0.01 is a hair beside a cent there, and a balance of a hair is not
    nothing. Rounding gives the true sum back; PostgreSQL adds exactly, and rounding changes nothing.
    """
    return Round(Sum(amount, **options), precision=2)
