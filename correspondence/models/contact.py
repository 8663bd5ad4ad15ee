from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import MoveRefused
from correspondence import contacts
from correspondence.models.notice import Notice


class ContactQuerySet(models.QuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)

    def report(self, channel, address, *, why, reference=""):
        """An address or a number of ours doesn't work: one task for it, however often that happens.

        `reference` is the ID of the request it was about. A number that nobody of ours has is nobody's to check,
        unless a fax failed there: whoever asked for the fax typed it. Call it inside the failure's transaction.
        """
        address = str(address)
        held_by = contacts.marks(channel, address)
        if not held_by and why != ContactToCheck.Why.FAX:
            return
        said = {"why": why, "reference": reference, "held_by": held_by, "failed_at": timezone.now()}
        if not self._again(channel, address, said):
            try:
                with transaction.atomic():
                    self.create(channel=channel, address=address, **said)
            except IntegrityError:  # another one failed there at the same moment
                self._again(channel, address, said)

    def _again(self, channel, address, said):
        same = self.open().filter(channel=channel, address=address)
        return same.update(times=F("times") + 1, **said)

    def works(self, channel, address):
        """Something arrived there. What bounced did so after it had been taken, so that it was taken proves nothing."""
        refused = (
            self.open().filter(channel=channel, address=str(address)).exclude(why=ContactToCheck.Why.BOUNCED)
        )
        refused.update(closed_at=timezone.now(), closed_why=_("Something arrived there since."))

    def changed(self, row):
        """A row that has contacts was saved: what nobody has any more needs no look."""
        for task in self.open().filter(held_by__contains=contacts.mark(row)):
            task.held_by = contacts.marks(task.channel, task.address)
            if not task.held_by:
                task.closed_at, task.closed_why = timezone.now(), _("The contact was changed.")
            task.save(update_fields=["held_by", "closed_at", "closed_why"])


class ContactToCheck(models.Model):
    """An email address, a phone or a fax number that doesn't work: a task for ops (product 10.1), once for each.

    It closes by itself when nobody has the contact any more or something arrives there, else by ops with a sentence.
    """

    class Why(models.TextChoices):
        REFUSED = "refused", gettext_lazy("Refused")
        BOUNCED = "bounced", gettext_lazy("Bounced")
        FAX = "fax", gettext_lazy("The fax failed")

    channel = models.CharField(max_length=10, choices=Notice.Channel.choices)
    address = models.CharField(max_length=254)
    why = models.CharField(max_length=10, choices=Why.choices)
    reference = models.CharField(max_length=40, blank=True, help_text="The last request it was about.")
    held_by = models.TextField(blank=True, editable=False)
    times = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField(default=timezone.now)
    failed_at = models.DateTimeField(help_text="The last time.")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_why = models.CharField(max_length=500, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["closed_at", "-failed_at", "-id"]
        verbose_name = "contact to check"
        verbose_name_plural = "contacts to check"
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "address"],
                condition=models.Q(closed_at__isnull=True),
                name="one_open_contact",
            )
        ]

    def __str__(self):
        return self.address

    @property
    def what_to_do(self):
        """For ops: how it is mended."""
        return {
            self.Why.REFUSED: _(
                "It was refused: a mistyped or closed mailbox, or a number that takes no texts. Reach whoever has it "
                "in another way and let them change it, then send again what failed."
            ),
            self.Why.BOUNCED: _(
                "It was taken and came back: a full or closed mailbox. Reach whoever has it in another way. Where it "
                "works again, close this with how you know."
            ),
            self.Why.FAX: _(
                "No fax came through. Call the number: a voice or no answer means that it is wrong. Ask whoever made "
                "the request for the right one; the records wait for them as a download."
            ),
        }[self.why]

    def close(self, *, by, why):
        """Ops have settled it, and say how. Raises MoveRefused where it is closed already."""
        with transaction.atomic():
            row = type(self).objects.select_for_update().get(pk=self.pk)
            if row.closed_at:
                raise MoveRefused(_("This is closed already."))
            row.closed_at, row.closed_by, row.closed_why = timezone.now(), by, why
            row.save(update_fields=["closed_at", "closed_by", "closed_why"])
