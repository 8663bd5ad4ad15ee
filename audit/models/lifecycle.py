"""The one door a move goes through: lock, permission, machine, verb, save, activity. All of it, or none.

django-fsm-2 holds the table of moves, but its transitions neither save nor ask for permission, and its field can be
written past the machine (`create(state=…)`, `QuerySet.update`, assignment after `refresh_from_db` of its mixin).
Those gaps are closed here, once.
"""

from functools import wraps

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import FSMFieldMixin, TransitionNotAllowed, transition

from audit.models.activity import Activity


class MoveRefused(Exception):
    """A move that can't be made now; its message is a sentence for the person who tried."""


class NotPermitted(Exception):
    """The actor may see the thing but not do this to it: 403."""


class LifecycleQuerySet(models.QuerySet):
    def update(self, **changes):
        _refuse_state(self.model, changes)
        return super().update(**changes)

    def bulk_update(self, objs, fields, **kwargs):
        _refuse_state(self.model, fields)
        return super().bulk_update(objs, fields, **kwargs)


class Lifecycle(models.Model):
    """A thing with a life: its state moves only by verbs, and every move is an entry of its Activity.

    `state_name` says which field holds the state, for a model whose `state` is a place of the United States.
    """

    state_name = "state"

    activity_count = models.PositiveIntegerField(default=0, editable=False)

    objects = LifecycleQuerySet.as_manager()

    class Meta:
        abstract = True

    def __init__(self, *args, **kwargs):
        state = kwargs.get(self.state_name)
        super().__init__(*args, **kwargs)
        if state is not None and state != self._meta.get_field(self.state_name).default:
            raise TypeError("A new object starts in its first state; only a verb moves it.")

    def clean_fields(self, exclude=None):
        # full_clean() writes each cleaned value back, which a protected field refuses.
        super().clean_fields(exclude={*(exclude or ()), *state_fields(type(self))})

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        # Django assigns the fresh value, but a protected field takes only a first one: it is let go of before.
        # (The library's own mixin switches protection off for the whole process while it refreshes.)
        wanted = state_fields(type(self)) if fields is None else state_fields(type(self)) & set(fields)
        self._refreshing = {name for name in wanted if self.__dict__.pop(name, None) is not None}
        try:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        finally:
            del self._refreshing

    def get_deferred_fields(self):
        return super().get_deferred_fields() - self.__dict__.get("_refreshing", set())

    def locked(self):
        """This row, fresh and locked until the transaction ends; call it inside one."""
        row = type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)
        row._hand_on(self)
        return row

    def reads_once(self, *relations):
        """These relations were read in this very transaction: the verbs of this object don't read them again."""
        self._read_once = relations

    def _hand_on(self, before):
        self._read_once = getattr(before, "_read_once", ())
        for name in self._read_once:
            field, read = self._meta.get_field(name), before._state.fields_cache.get(name)
            if read is not None and getattr(self, field.attname) == read.pk:
                self._state.fields_cache[name] = read

    def record(self, event, *, by, from_state="", to_state="", **details):
        """Append an entry to this object's chain. Takes the row's lock; `details` holds what JSON can say.

        Call it inside a transaction. The entry is Activity, so it stands or falls with the change it tells of.
        """
        self.activity_count = self.locked().activity_count + 1
        models.QuerySet(type(self)).filter(pk=self.pk).update(activity_count=self.activity_count)
        before = Activity.objects.of(self).order_by("-sequence").values_list("hash", flat=True)
        actor = by.actor
        entry = Activity(
            subject_type=self._meta.label_lower,
            subject_id=self.pk,
            sequence=self.activity_count,
            happened_at=timezone.now(),
            event=event,
            from_state=from_state,
            to_state=to_state,
            details=details,
            person_id=actor.person_id,
            organization_id=actor.organization_id,
            actor_name=actor.name,
            organization_name=actor.organization_name,
            previous_hash=before.first() or "",
        )
        entry.hash = entry.seal()
        entry.save()
        return entry

    def _become(self, row):
        """Take over the fresh row's values, so that the caller doesn't go on with stale ones."""
        self.__dict__.pop("_prefetched_objects_cache", None)
        self.__dict__.update({key: value for key, value in row.__dict__.items() if key != "_state"})
        self._state.fields_cache = dict(row._state.fields_cache)

    def can(self, name):
        """Whether the machine would allow the verb `name` in the present state (buttons ask this)."""
        return getattr(type(self), name)._django_fsm.has_transition(getattr(self, self.state_name))

    def why_not(self, name):
        """A sentence for somebody whose move came too late, or too early (product 1.1)."""
        state = getattr(self, f"get_{self.state_name}_display")()
        return _("This is %(state)s now, so that can't be done. Nothing was changed.") % {"state": state}

    def after_move(self, name, *, before, by):
        """Called inside the door after each move; a subclass writes its clocks and notices here."""


def verb(*, source, target, permission=None, event=None, tell=(), field="state"):
    """Make a method a move of the machine, reached only through the door.

    The body runs on the locked, fresh row inside a transaction; it may change fields and write rows, and refuses by
    raising MoveRefused. `permission` is `(actor, row) -> bool`; where it says no, NotPermitted is raised. `tell` names
    the keyword arguments that the activity entry keeps; `field` is the model's `state_name`. The caller's object is
    brought up to date in the end.
    Called as `record_request.price(by=member, …)`; returns what the body returns.
    """

    def make(body):
        name = body.__name__

        def run(row, *, by, **given):
            return body(row, by=by, **given)

        machine = transition(field=field, source=source, target=target)(wraps(body)(run))

        @wraps(machine)
        def door(self, *, by, **given):
            with transaction.atomic():
                row = self.locked()
                if permission and not permission(by, row):
                    raise NotPermitted(name)
                before = getattr(row, field)
                try:
                    result = machine(row, by=by, **given)
                except TransitionNotAllowed:
                    raise MoveRefused(row.why_not(name)) from None
                row.save()
                row.record(
                    event or name,
                    by=by,
                    from_state=before,
                    to_state=getattr(row, field),
                    **{key: given[key] for key in tell if given.get(key) not in (None, "")},
                )
                row.after_move(name, before=before, by=by)
            self._become(row)
            return result

        door.permission = permission
        return door

    return make


def state_fields(model):
    return {field.name for field in model._meta.concrete_fields if isinstance(field, FSMFieldMixin)}


def _refuse_state(model, names):
    if state_fields(model) & set(names):
        raise TypeError("Only a verb moves the state.")
