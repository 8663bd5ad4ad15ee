"""Counts that cost the same however many there are."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Value

CAP = 1000


class Count(int):
    """A number of rows, up to CAP; written "1,000+" where there may be more."""

    def __str__(self):
        return f"{CAP:,}+" if self > CAP else f"{int(self):,}"

    def __format__(self, spec):
        return format(str(self), spec)

    def __add__(self, other):
        return Count(int(self) + int(other))

    __radd__ = __add__


def capped_counts(querysets, **scalars):
    """`{name: Count}` of named querysets in one query; no count looks at more than CAP + 1 rows.

    `scalars` are named querysets of one value each (`.values("x")[:1]`), answered by the same query as they are.
    """
    parts, params, names = [], [], []
    for name, queryset in querysets.items():
        _part(parts, params, names, name, queryset.order_by().values(one=Value(1))[: CAP + 1], "count(*)")
    for name, queryset in scalars.items():
        _part(parts, params, names, name, queryset, "*")
    found = {name: Count(0) for name in querysets} | dict.fromkeys(scalars)
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            row = dict(zip(names, cursor.fetchone(), strict=True))
        found |= {name: Count(value) if name in querysets else value for name, value in row.items()}
    return found


def _part(parts, params, names, name, queryset, what):
    try:
        sql, given = queryset.query.sql_with_params()
    except EmptyResultSet:
        return
    parts.append(f"(SELECT {what} FROM ({sql}) part_{len(parts)})")  # noqa: S608
    params.extend(given)
    names.append(name)
