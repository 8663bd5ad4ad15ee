"""Money for ops: everything can be read and searched, nothing is written but by a verb."""

from billing.admin import books, checks, differences, editions, payments, tariffs  # noqa: F401  (they register)
