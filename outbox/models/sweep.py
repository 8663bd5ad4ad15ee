from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT_DAYS = 90


class SweepRunQuerySet(models.QuerySet):
    def newest_of(self, name):
        """The last run of a sweep, or None where it never ran."""
        return self.filter(sweep=name).order_by("-id").first()

    def forget_old(self):
        self.filter(began_at__lt=timezone.now() - timedelta(days=KEPT_DAYS)).delete()


class SweepRun(models.Model):
    """One walk of one sweep: when, how many rows it settled and how, how many failed (product 10.3).

    Written as it goes, so that a run whose worker died still says how far it came; then `ended_at` stays empty.
    """

    sweep = models.CharField(max_length=40)
    began_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    tally = models.JSONField(default=dict, blank=True, help_text="What became of how many rows.")
    failed = models.PositiveIntegerField(default=0)
    is_whole = models.BooleanField(default=False, help_text="It came to the end of what was due.")

    objects = SweepRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["sweep", "-id"], name="sweep_run_newest")]

    def __str__(self):
        return f"{self.sweep} {self.began_at:%Y-%m-%d %H:%M}"

    @property
    def settled(self):
        """How many rows."""
        return sum(self.tally.values())

    @property
    def seconds(self):
        """How long it took; None while it runs, or where its worker died."""
        return (self.ended_at - self.began_at).total_seconds() if self.ended_at else None

    def note(self, tally, failed):
        self.tally, self.failed = dict(tally), failed
        self.save(update_fields=["tally", "failed"])

    def end(self, *, is_whole):
        self.ended_at, self.is_whole = timezone.now(), is_whole
        self.save(update_fields=["ended_at", "is_whole"])


class SweepFailureQuerySet(models.QuerySet):
    def note(self, sweep, subject_id, error):
        """Keep the kind of `error`, not its words: they may hold what nobody should read here."""
        name = f"{type(error).__module__}.{type(error).__name__}"[:200]
        kept, is_new = self.get_or_create(sweep=sweep, subject_id=subject_id, defaults={"last_error": name})
        if not is_new:
            changes = {"last_error": name, "last_at": timezone.now(), "times": models.F("times") + 1}
            self.filter(pk=kept.pk).update(**changes)

    def settled(self, sweep, subject_ids):
        """These rows fail no longer."""
        if subject_ids:
            self.filter(sweep=sweep, subject_id__in=subject_ids).delete()


class SweepFailure(models.Model):
    """A row that a sweep could not settle: each run tries it again, and ops see it until one does."""

    sweep = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    last_error = models.CharField(max_length=200)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)

    objects = SweepFailureQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sweep", "subject_id"], name="sweep_failure_once")]

    def __str__(self):
        return f"{self.sweep} {self.subject_id}"
