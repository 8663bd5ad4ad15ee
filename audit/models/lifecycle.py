"""What has a life: its state is moved by its verbs alone (see `audit.models.door`), and each move is on the record.

django-fsm-2 lets its field be written past the machine (`create(state=…)`, `QuerySet.update`, assignment after
`refresh_from_db` of its mixin). Those gaps are closed here, once.
"""

from django.db import models
from django.utils.translation import gettext as _
from django_fsm import FSMFieldMixin

from audit.models.activity import Activity


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
        return type(self)._base_manager.select_for_update(of=("self",)).get(pk=self.pk)

    def record(self, event, *, by, from_state="", to_state="", **details):
        """Append an entry to this object's chain. Takes the row's lock; `details` holds what JSON can say.

        Call it inside a transaction. The entry is Activity, so it stands or falls with the change it tells of.
        """
        self.activity_count = self.locked().activity_count
        said = {"details": details, "from_state": from_state, "to_state": to_state}
        (entry,) = Activity.objects.append(event, [(self, said)], by=by)
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

    def after_move(self, name, *, by):
        """Called inside the door after each move; a subclass writes its clocks and notices here."""

    @classmethod
    def after_moves(cls, rows, name, *, by):
        """The same for several rows that made the move together."""
        for row in rows:
            row.after_move(name, by=by)


def state_fields(model):
    return {field.name for field in model._meta.concrete_fields if isinstance(field, FSMFieldMixin)}


def _refuse_state(model, names):
    if state_fields(model) & set(names):
        raise TypeError("Only a verb moves the state.")
