"""Who has which contacts: each app names its models that hold some, and a change of one is heard of here."""

from django.db.models import Q
from django.db.models.signals import post_save

EMAIL, TEXT, FAX = "email", "text", "fax"
HOLDERS = {}


def add(model, **fields):
    """`fields` are the names of the model's contacts by channel: `email=["email"], fax=["fax"]`."""
    HOLDERS[model] = fields
    post_save.connect(_saved, sender=model, dispatch_uid=f"contacts of {model._meta.label}")


def holders(channel, address):
    """The rows that have this address or number."""
    found = []
    for model, fields in HOLDERS.items():
        has = Q()
        for name in fields.get(channel, []):
            has |= Q(**{name: address})
        if has:
            found += model._default_manager.filter(has).order_by("pk")[:20]
    return found


def mark(row):
    return f"|{row._meta.label_lower}:{row.pk}|"


def marks(channel, address):
    """The rows that have it, as one text that can be searched for one of them; "" for nobody."""
    return "".join(mark(row) for row in holders(channel, address))


def _saved(sender, instance, created, update_fields=None, **_signal):
    from correspondence.models import ContactToCheck  # it knows this module

    known = {name for names in HOLDERS[sender].values() for name in names}
    if created or (update_fields is not None and known.isdisjoint(update_fields)):
        return
    ContactToCheck.objects.changed(instance)
