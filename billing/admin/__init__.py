"""Money for ops: everything can be read and searched, nothing is written but by a verb."""

from billing.admin import (  # noqa: F401  (they register)
    books,
    checks,
    differences,
    editions,
    payments,
    refunds,
    tariffs,
)
