"""Pages by key, not by number: each begins behind the last row of the one before.

A list of several states is read as one short, ordered walk for each of them (`walks`), merged by the database. A walk
begins at the key of the page before and follows an index; nothing is counted or skipped on the way.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.db.models.expressions import RawSQL
from django.utils import timezone

SIZE = 25

# Orders end with the unique id. The indexes of RecordRequest follow them.
DUE_FIRST = ("-is_rush", "due_on", "id")
NEWEST_FIRST = ("-updated_at", "-id")


@dataclass(frozen=True)
class Slice:
    """The rows of one page, and the keys that lead to the pages around it ("" where there is none)."""

    rows: list
    previous: str
    next: str


def cut(walks, order, *, rows, after="", before="", size=SIZE):
    """The page of the union of `walks` that stands behind the key `after`, or in front of `before`.

    `rows` is a queryset that fetches what is shown of them. A key that nobody was given counts as none.
    """
    position = _read(rows.model, order, before or after)
    backwards = bool(before and position)
    found = _found(walks, _reversed(order) if backwards else order, position, size + 1, rows)
    more = len(found) > size
    shown = found[:size]
    if backwards:
        shown.reverse()
    has_previous = more if backwards else position is not None
    has_next = True if backwards else more
    return Slice(
        rows=shown,
        previous=_written(shown[0], order) if shown and has_previous else "",
        next=_written(shown[-1], order) if shown and has_next else "",
    )


def _found(walks, order, position, limit, rows):
    """The first `limit` rows, with all that is shown of them, in one query."""
    fields = [_plain(name) for name in order]
    parts, params = [], []
    for walk in walks:
        for piece in _pieces(order, position):
            shape = _shape(piece, order, fields, limit)
            for sql, given in walk.statements(shape):
                parts.append(f"SELECT * FROM ({sql}) walk_{len(parts)}")  # noqa: S608  the ORM wrote it
                params.extend(given)
    if not parts:
        return []
    # UNION, not UNION ALL: a row that two searches find is one row.
    merged = " UNION ".join(parts)
    by = ", ".join(f'"{_plain(name)}" DESC' if name.startswith("-") else f'"{name}"' for name in order)
    ids = f'SELECT "id" FROM ({merged}) merged ORDER BY {by} LIMIT {int(limit)}'  # noqa: S608
    return list(rows.filter(pk__in=RawSQL(ids, params)).order_by(*order))  # noqa: S611


def _shape(piece, order, fields, limit):
    return lambda rows: rows.filter(**piece).order_by(*order).values_list(*fields)[:limit]


def _pieces(order, position):
    """The rows behind `position` as conditions, one for each field of the order: each a plain range of the index."""
    if position is None:
        return [{}]
    pieces = []
    for count in reversed(range(len(order))):
        same = {_plain(name): position[_plain(name)] for name in order[:count]}
        name = order[count]
        side = "lt" if name.startswith("-") else "gt"
        pieces.append({**same, f"{_plain(name)}__{side}": position[_plain(name)]})
    return pieces


def _reversed(order):
    return tuple(name[1:] if name.startswith("-") else f"-{name}" for name in order)


def _plain(name):
    return name.removeprefix("-")


def _written(row, order):
    """The row's key as the address carries it: no names, only its place in the order."""
    values = [getattr(row, _plain(name)) for name in order]
    return "~".join(value.isoformat() if isinstance(value, date) else str(int(value)) for value in values)


def _read(model, order, text):
    """The values of a key by field, or None for anything that is no key."""
    said = text.split("~")
    if len(said) != len(order):
        return None
    position = {}
    for name, value in zip(order, said, strict=True):
        field = model._meta.get_field(_plain(name))
        try:
            read = field.to_python(value)
            if isinstance(read, datetime):
                read = None if timezone.is_naive(read) else read.astimezone(UTC)
        except (ValidationError, OverflowError):  # the first hours of all times aren't in every zone
            return None
        if read is None:
            return None
        position[_plain(name)] = read
    return position
