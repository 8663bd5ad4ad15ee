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


def capped_counts(querysets):
    """`{name: Count}` of named querysets in one query; no count looks at more than CAP + 1 rows."""
    parts, params, names = [], [], []
    for name, queryset in querysets.items():
        try:
            sql, given = queryset.order_by().values(one=Value(1))[: CAP + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) part_{len(parts)})")  # noqa: S608  the ORM wrote it
        params.extend(given)
        names.append(name)
    found = dict.fromkeys(querysets, Count(0))
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            found |= {name: Count(value) for name, value in zip(names, cursor.fetchone(), strict=True)}
    return found
