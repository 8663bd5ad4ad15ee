"""The one door a move goes through: lock, permission, machine, verb, save, activity. All of it, or none.

django-fsm-2 holds the table of moves, but its transitions neither save nor ask for permission; here they do.
"""

from functools import wraps

from django.db import models, transaction
from django_fsm import TransitionNotAllowed, transition

from audit.models.activity import Activity


class MoveRefused(Exception):
    """A move that can't be made now; its message is a sentence for the person who tried."""


class NotPermitted(Exception):
    """The actor may see the thing but not do this to it: 403."""


def verb(*, source, target, permission=None, event=None, tell=(), field="state"):
    """Make a method a move of the machine, reached only through the door.

    The body runs on the locked, fresh row inside a transaction; it may change fields and write rows, and refuses by
    raising MoveRefused. `permission` is `(actor, row) -> bool`; where it says no, NotPermitted is raised. `tell` names
    the keyword arguments that the activity entry keeps; `field` is the model's `state_name`. The caller's object is
    brought up to date in the end.
    Called as `record_request.price(by=member, …)`; returns what the body returns. Whoever has locked many rows, as a
    sweep, moves them together: `RecordRequest.cancel.each([(record_request, {"fee": …}), …], by=SYSTEM)`.
    """

    def make(body):
        name = body.__name__

        def run(row, *, by, **given):
            return body(row, by=by, **given)

        machine = transition(field=field, source=source, target=target)(wraps(body)(run))

        def move(row, given, by):
            """Through the machine; returns what the body returned, and the activity's words."""
            if permission and not permission(by, row):
                raise NotPermitted(name)
            before = getattr(row, field)
            try:
                result = machine(row, by=by, **given)
            except TransitionNotAllowed:
                raise MoveRefused(row.why_not(name)) from None
            told = {key: given[key] for key in tell if given.get(key) not in (None, "")}
            return result, {"from_state": before, "to_state": getattr(row, field), "details": told}

        def finish(rows, said, by):
            Activity.objects.append(event or name, zip(rows, said, strict=True), by=by)
            type(rows[0]).after_moves(rows, name, by=by)

        @wraps(machine)
        def door(self, *, by, **given):
            with transaction.atomic():
                row = self.locked()
                result, said = move(row, given, by)
                row.save()
                finish([row], [said], by)
            self._become(row)
            return result

        def each(moves, *, by):
            """Move rows that are locked and fresh, each by its own arguments: all of them, or none.

            For verbs whose body assigns fields: what it changes inside of a list or dict isn't seen.
            """
            rows, befores = [row for row, _given in moves], [dict(row.__dict__) for row, _given in moves]
            said = [move(row, given, by)[1] for row, given in moves]
            if rows:
                _save_changes(rows, befores)
                finish(rows, said, by)

        door.permission, door.each = permission, each
        return door

    return make


def _save_changes(rows, befores):
    """Write the fields that any of the bodies assigned, in one statement for all rows."""
    changed = []
    for field in type(rows[0])._meta.concrete_fields:
        name = field.attname
        if getattr(field, "auto_now", False):
            for row in rows:
                field.pre_save(row, add=False)
        if any(row.__dict__.get(name) != before.get(name) for row, before in zip(rows, befores, strict=True)):
            changed.append(field.name)
    models.QuerySet(type(rows[0])).bulk_update(rows, changed)
