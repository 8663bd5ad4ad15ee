"""Counts that cost the same however many there are."""

from django.db import connection
from django.db.models import Value

from requests_app.lists.walks import Walk

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


def capped_counts(queryset, states, **others):
    """`{name: Count}` in one query: of `queryset` in each state, and of each other queryset by its name.

    No count looks at more than CAP + 1 rows.
    """
    walks = [
        (states, Walk(queryset, tuple(states))),
        *(([name], Walk(other)) for name, other in others.items()),
    ]
    parts, params, names = [], [], []
    for names_of_walk, walk in walks:
        found = list(walk.statements(lambda rows: rows.order_by().values(one=Value(1))[: CAP + 1]))
        for name, (sql, given) in zip(names_of_walk, found, strict=False):
            parts.append(f"(SELECT count(*) FROM ({sql}) part_{len(parts)})")  # noqa: S608  the ORM wrote it
            params.extend(given)
            names.append(str(name))
    counts = dict.fromkeys([*map(str, states), *others], Count(0))
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(parts)}", params)
            counts |= {name: Count(value) for name, value in zip(names, cursor.fetchone(), strict=True)}
    return counts
