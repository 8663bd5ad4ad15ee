"""The columns a person chose to see: what stands in a cell of the screen, and of the export."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join


@dataclass(frozen=True)
class Column:
    """`key` is what is remembered; `text(row)` is the cell of the export, `cell(row)` that of the screen."""

    key: str
    label: str
    text: Callable
    cell: Callable
    css: str = ""


def chosen(columns, keys):
    """The columns of these keys in the list's own order; all of them where nothing valid was chosen."""
    known = [column for column in columns if column.key in keys] if isinstance(keys, list) else []
    return known or list(columns)


def table_rows(rows, columns):
    """The rows of the table as HTML. Not by a template: for 25 rows it takes several times as long as the query."""
    cells = [
        (format_html('<td class="{}" data-label="{}">', column.css, column.label), column.cell)
        for column in columns
    ]
    return format_html_join(
        "\n",
        "<tr>{}</tr>",
        ((format_html_join("", "{}{}</td>", ((begin, cell(row)) for begin, cell in cells)),) for row in rows),
    )
