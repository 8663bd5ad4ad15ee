"""A blob goes with its row."""

from django.db.models.signals import post_delete
from django.dispatch import receiver

from documents.models import Document, PreviewPack


@receiver(post_delete, sender=Document)
@receiver(post_delete, sender=PreviewPack)
def remove_blob(instance, **_kwargs):
    instance.remove_blob()
