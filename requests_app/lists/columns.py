"""The columns a person chose to see: what stands in a cell of the screen, and of the export."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.safestring import SafeString

from requests_app.lists.cells import drawn

# What any list shows of the request itself.
OWN = ["public_id", "state", "is_rush", "awaiting_signature", "incomplete_reason", "due_on", "page_count"]
OWN += ["created_at", "submitted_at", "updated_at"]


def shown_of(relation, *names):
    """The fields of a related row, and the key that leads to it, as `only` takes them."""
    return [relation, *(f"{relation}__{name}" for name in names)]


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
    columns = [
        (drawn('<td class="{}" data-label="{}">', column.css, column.label), column.cell)
        for column in columns
    ]
    return SafeString(
        "\n".join(
            drawn(
                # An open refund is gray (product 7.7), and says so below its ID.
                '<tr class="is-refunding">{}</tr>' if getattr(row, "is_refunding", False) else "<tr>{}</tr>",
                SafeString("".join(drawn("{}{}</td>", begin, cell(row)) for begin, cell in columns)),
            )
            for row in rows
        )
    )
