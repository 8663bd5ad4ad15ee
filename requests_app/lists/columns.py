"""The columns a person chose to see; the templates draw them, the export writes them."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """`key` is what is remembered and what the template asks for; `text(row)` is the cell of the export."""

    key: str
    label: str
    text: Callable


def chosen(columns, keys):
    """The columns of these keys in the list's own order; all of them where nothing valid was chosen."""
    known = [column for column in columns if column.key in keys] if isinstance(keys, list) else []
    return known or list(columns)
