"""D of trust.md: each state change has exactly one entry, and the chain of hashes is whole."""

from itertools import groupby

from django.apps import apps

from audit.models import Activity, Lifecycle
from audit.models.lifecycle import state_fields


def violations():
    """Sentences, one for each thing that is not as it must be; nothing where all is well."""
    told = {}
    for subject, entries in _chains():
        last = None
        for entry in entries:
            yield from _wrong_with(entry, last)
            last = entry
            if entry.to_state:
                told[subject] = (entry.to_state, entry.sequence)
        told[subject] = (told.get(subject, ("", 0))[0], last.sequence)
    for model in _lifecycles():
        for row in model._base_manager.only("pk", "activity_count", *state_fields(model)).iterator():
            said, sequence = told.get((model._meta.label_lower, row.pk), ("", 0))
            if row.activity_count != sequence:
                yield f"{model._meta.label} {row.pk}: its {row.activity_count}th entry is missing, {sequence} are there"
            for name in state_fields(model):
                if getattr(row, name) != said:
                    yield f"{model._meta.label} {row.pk}: no entry explains its state {getattr(row, name)}"


def _chains():
    entries = Activity.objects.order_by("subject_type", "subject_id", "sequence").iterator(chunk_size=2000)
    return groupby(entries, key=lambda entry: (entry.subject_type, entry.subject_id))


def _wrong_with(entry, before):
    if entry.hash != entry.seal():
        yield f"{entry}: was changed"
    if entry.sequence != (before.sequence + 1 if before else 1):
        yield f"{entry}: an entry before it is missing"
    if entry.previous_hash != (before.hash if before else ""):
        yield f"{entry}: does not follow the entry before it"
    state = before.known_state if before else ""
    if entry.from_state and state and entry.from_state != state:
        yield f"{entry}: moved from a state nothing moved it to"
    entry.known_state = entry.to_state or state


def _lifecycles():
    return [model for model in apps.get_models() if issubclass(model, Lifecycle)]
