"""Walks: a list of several states is read as one ordered walk for each of them, and written as SQL only once."""

from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet

# Stands in the SQL's parameters where each state will stand. No text that somebody sends holds a NUL.
ANY_STATE = "\0state"


@dataclass(frozen=True)
class Walk:
    """The rows of `queryset`, in each of `states` one after another; without states, in any."""

    queryset: object
    states: tuple = ()

    def statements(self, shaped):
        """`(sql, params)` for each state of what `shaped` makes of the queryset. Nothing where nothing can be found."""
        queryset = self.queryset.filter(state=ANY_STATE) if self.states else self.queryset
        try:
            sql, params = shaped(queryset).query.sql_with_params()
        except EmptyResultSet:
            return
        for state in self.states or [None]:
            yield sql, [str(state) if param == ANY_STATE else param for param in params]
