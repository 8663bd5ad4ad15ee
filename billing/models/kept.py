from django.db import models


class KeptQuerySet(models.QuerySet):
    """Rows that are added and read; whoever tries to change one is stopped."""

    def update(self, **_changes):
        raise TypeError(f"{self.model.__name__} can't be edited; make a new one.")

    def delete(self):
        raise TypeError(f"{self.model.__name__} can't be deleted: something was reckoned by it.")


class Kept(models.Model):
    """A row that stays as it was written, since a price or a balance stands on it."""

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError(f"{type(self).__name__} can't be edited; make a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"{type(self).__name__} can't be deleted: something was reckoned by it.")
