"""What organizations owe and have paid: statements and agings from the ledger (docs/books.md)."""

from billing.statements.period import PeriodForm
from billing.statements.reckoning import (
    Statement,
    aging,
    bucket_labels,
    overdue,
    receivables,
    statement,
    unassigned,
)

__all__ = [
    "PeriodForm",
    "Statement",
    "aging",
    "bucket_labels",
    "overdue",
    "receivables",
    "statement",
    "unassigned",
]
