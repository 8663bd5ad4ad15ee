import json

from django.db import models
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from documents.crypto import seal, unseal

MOST_CHARACTERS = 100_000
NOT_ANSWERS = {"csrfmiddlewaretoken", "opened"}


class TooMuchTyped(Exception):
    """More than any form of ours can hold."""


class KeptInputQuerySet(models.QuerySet):
    def of(self, batch):
        return self.filter(organization=batch.organization_id, key=batch.key)

    def pending(self):
        """Typed, and not yet made part of the draft."""
        return self.exclude(sealed=b"")


class KeptInput(models.Model):
    """What somebody typed into a form of a draft and has not finished: kept as typed, valid or not.

    It holds names, birth dates and numbers, so it is sealed to its place. `key` is the batch's, which exists
    before the batch does. Once the form is taken over, `sealed` is empty; `settled_at` tells late autosaves
    apart.
    """

    organization = models.ForeignKey("accounts.Organization", on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    form = models.CharField(max_length=20)
    sealed = models.BinaryField(default=b"", editable=False)
    kept_at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = KeptInputQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "key", "form"], name="kept_once_a_form"),
        ]

    def __str__(self):
        return f"{self.form} of draft {self.key}"

    @property
    def typed(self):
        """What was typed, as a form takes its data; None where nothing waits."""
        if not self.sealed:
            return None
        return MultiValueDict(json.loads(unseal(bytes(self.sealed), self._place)))

    def hold(self, typed, *, person_id):
        """Seal `typed` (a MultiValueDict). Raises TooMuchTyped."""
        said = {name: values for name, values in typed.lists() if name not in NOT_ANSWERS}
        text = json.dumps(said)
        if len(text) > MOST_CHARACTERS:
            raise TooMuchTyped
        self.sealed, self.person_id, self.kept_at = seal(text, self._place), person_id, timezone.now()
        self.save()

    @property
    def _place(self):
        return f"kept/{self.organization_id}/{self.key}/{self.form}"
