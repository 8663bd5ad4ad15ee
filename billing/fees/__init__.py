"""From law to lines: what a copy of records may cost, and by which rule (product 7.1–7.3).

Nouns: `Schedule` (one row of the law), `Case` (who asks whom, for which medium), `Facts` (pages, time,
extras), `Priced` (lines, total, what is still open). No database: `book()` reads data/fee_schedules.toml; the rows
that the product prices by are editions (`billing.models.Edition`). How a price comes about: docs/fees.md.
"""

from billing.fees.choose import choose
from billing.fees.facts import Case, Facts
from billing.fees.lines import Line, Priced
from billing.fees.price import price
from billing.fees.quote import quote
from billing.fees.refusals import BadFacts, BadSchedule, FeeRefused, KindNeeded, NoSchedule
from billing.fees.schedule import Schedule, Tier
from billing.fees.schedules import Book, book, read_file, version_of

__all__ = [
    "BadFacts",
    "BadSchedule",
    "Book",
    "Case",
    "Facts",
    "FeeRefused",
    "KindNeeded",
    "Line",
    "NoSchedule",
    "Priced",
    "Schedule",
    "Tier",
    "book",
    "choose",
    "price",
    "quote",
    "read_file",
    "version_of",
]
