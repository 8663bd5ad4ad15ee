from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Permission
from audit.models import MoveRefused
from requests_app.models.record_request import RecordRequest

MOST_LINES = 30
PERMISSION = Permission.MANAGE_ORGANIZATION


class ChecklistItemQuerySet(models.QuerySet):
    def of(self, organization):
        """The lines that reviewers tick now, in their order."""
        return self.filter(organization=organization, is_active=True)


class ChecklistItem(models.Model):
    """A line of a practice's review checklist: what must be looked at before a request leaves QA (product 6.4).

    A tick vouches for the words that were on the screen. So a line never changes its words: renamed, it is
    replaced by a new one in its place, which reviews under way must tick too; the old one stays with its ticks.
    Every change is an entry of the organization's Activity.
    """

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.CASCADE, related_name="checklist"
    )
    text = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    objects = ChecklistItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self):
        return self.text

    @classmethod
    def add(cls, organization, text, *, by):
        """A new last line; reviews under way must tick it too. Raises MoveRefused, NotPermitted."""
        with organization.held(by=by, permission=PERMISSION) as (held, by):
            lines = list(cls.objects.of(held))
            _refuse_twice(lines, text)
            if len(lines) >= MOST_LINES:
                raise MoveRefused(_("A checklist has at most %(most)s lines.") % {"most": MOST_LINES})
            line = cls.objects.create(
                organization=held, text=text, position=max((one.position for one in lines), default=0) + 1
            )
            held.record("checklist_line_added", by=by, line=text)
        return line

    def rename(self, text, *, by):
        """Put a line with these words in this one's place; returns it. Raises MoveRefused, NotPermitted."""
        with self.organization.held(by=by, permission=PERMISSION) as (held, by):
            line = self._fresh(held)
            if text == line.text:
                return line
            _refuse_twice([one for one in ChecklistItem.objects.of(held) if one.pk != line.pk], text)
            line._end()
            renamed = ChecklistItem.objects.create(organization=held, text=text, position=line.position)
            held.record("checklist_line_renamed", by=by, before=line.text, line=text)
        return renamed

    def move(self, step, *, by):
        """One place earlier (`step` -1) or later (1); at either end nothing changes. MoveRefused, NotPermitted."""
        with self.organization.held(by=by, permission=PERMISSION) as (held, by):
            line, lines = self._fresh(held), list(ChecklistItem.objects.of(held))
            at = lines.index(line)
            if not 0 <= at + step < len(lines):
                return
            lines.insert(at + step, lines.pop(at))
            for position, one in enumerate(lines, 1):
                one.position = position
            ChecklistItem.objects.bulk_update(lines, ["position"])
            held.record("checklist_line_moved", by=by, line=line.text)

    def remove(self, *, by):
        """Ask for it no longer, in reviews under way neither; the ticks it has stay. MoveRefused, NotPermitted."""
        with self.organization.held(by=by, permission=PERMISSION) as (held, by):
            line = self._fresh(held)
            line._end()
            held.record("checklist_line_removed", by=by, line=line.text)

    def _end(self):
        self.is_active = False
        self.save(update_fields=["is_active"])

    def _fresh(self, organization):
        line = ChecklistItem.objects.of(organization).filter(pk=self.pk).first()
        if line is None:
            raise MoveRefused(_("That line was changed or removed meanwhile."))
        return line


def _refuse_twice(lines, text):
    if text.casefold() in {one.text.casefold() for one in lines}:
        raise MoveRefused(_("“%(line)s” is on the checklist already.") % {"line": text})


class ChecklistTick(models.Model):
    """Somebody says that a line of the checklist is done for one request."""

    record_request = models.ForeignKey(RecordRequest, on_delete=models.CASCADE, related_name="ticks")
    item = models.ForeignKey(ChecklistItem, on_delete=models.PROTECT, related_name="+")
    ticked_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record_request", "item"], name="tick_once")]

    def __str__(self):
        return f"{self.item_id} of request {self.record_request_id}"
