"""Half-typed input: kept as it was typed, so that no break-off loses it, until its form is taken over."""

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from requests_app.intake.editing import editing
from requests_app.models import KeptInput


class FromAnOlderPage(Exception):
    """The form was taken over after this page of it was opened; what it autosaves now is out of date."""


def keep(form, typed, *, organization_id, key, person_id):
    """Keep what was typed into `form` (its name) of the draft `key`.

    Raises FromAnOlderPage for an autosave that arrives after the same page was sent, and TooMuchTyped.
    """
    with transaction.atomic():
        kept, _ = KeptInput.objects.select_for_update().get_or_create(
            organization_id=organization_id, key=key, form=form, defaults={"person_id": person_id}
        )
        opened = _moment(typed.get("opened", ""))
        if kept.settled_at and (opened is None or opened < kept.settled_at):
            raise FromAnOlderPage
        kept.hold(typed, person_id=person_id)


def typed_into(form, *, organization_id, key, person_id):
    """What waits in `form`, or None. An SSN is shown again only to whoever typed it (product 11.1)."""
    kept = KeptInput.objects.filter(organization_id=organization_id, key=key, form=form).first()
    typed = kept.typed if kept else None
    if typed and kept.person_id != person_id:
        typed.pop("ssn", None)
    return typed


def settle(form, *, organization_id, key, person_id):
    """The form was taken over, or what was typed is given up: forget it."""
    KeptInput.objects.update_or_create(
        organization_id=organization_id,
        key=key,
        form=form,
        defaults={"person_id": person_id, "sealed": b"", "settled_at": timezone.now()},
    )


def forget(form, *, organization_id, key, person_id):
    """What was typed has become something that lasts."""
    KeptInput.objects.filter(organization_id=organization_id, key=key, form=form).delete()


def place(batch, member):
    """The keyword arguments that say whose draft it is and who types."""
    return {"organization_id": batch.organization_id, "key": batch.key, "person_id": member.person_id}


def take_over(form, batch, *, by):
    """Make a valid form part of the draft, and forget what was kept of it: both or neither."""
    with editing(batch) as held:
        form.save(held, by=by)
        settle(form.name, **place(held, by))


def _moment(text):
    """The time that a page says it was opened at; None for what is no such time."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and timezone.is_aware(moment) else None
