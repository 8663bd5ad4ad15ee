from datetime import timedelta

from django.conf import settings
from django.db import connection, models, transaction
from django.utils import timezone

from outbox.handlers import GiveUp

FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
MOST_ATTEMPTS = 12
# Longer than Celery's time limit: a job still "running" after it belongs to a worker that died.
LEASE = timedelta(seconds=settings.JOB_LEASE)


class WorkerLost(Exception):
    """The process died that did the job, and took no word of why with it."""


class JobQuerySet(models.QuerySet):
    def due(self):
        """Waiting and due, or left behind by a worker that died."""
        now = timezone.now()
        return self.filter(
            models.Q(state=Job.State.WAITING, due_at__lte=now)
            | models.Q(state=Job.State.RUNNING, leased_until__lte=now)
        ).order_by("due_at", "id")

    def claim(self, job_id):
        """Take the job for this process, or None where it is done, not due, or another's."""
        with transaction.atomic():
            skip = connection.features.has_select_for_update_skip_locked
            job = self.due().select_for_update(skip_locked=skip).filter(pk=job_id).first()
            if job and job.is_last_attempt:  # each attempt took its worker with it: there it ends
                job.fail(WorkerLost())
                return None
            if job:
                job.state = Job.State.RUNNING
                job.attempts += 1
                job.leased_until = timezone.now() + LEASE
                job.save(update_fields=["state", "attempts", "leased_until"])
        return job


class Job(models.Model):
    """One effect that must happen once its change is committed. Holds ids only, never health information."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        DEAD = "dead", "Dead letter"

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120, unique=True)
    ids = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    due_at = models.DateTimeField(default=timezone.now)
    poked_at = models.DateTimeField(null=True, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"],
                name="job_open",
                condition=models.Q(state__in=["waiting", "running"]),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.key}"

    @property
    def is_last_attempt(self):
        """Whether a failure now makes it a dead letter."""
        return self.attempts >= MOST_ATTEMPTS

    def finish(self):
        self._settle(state=self.State.DONE, finished_at=timezone.now(), last_error="")

    def fail(self, error):
        """Put it back with a longer wait, or to the dead letters. Keeps the kind of error, not its words."""
        name = f"{type(error).__module__}.{type(error).__name__}"[:200]
        if isinstance(error, GiveUp) or self.is_last_attempt:
            self._settle(state=self.State.DEAD, finished_at=timezone.now(), last_error=name)
            return
        wait = min(FIRST_WAIT * 3 ** (self.attempts - 1), LONGEST_WAIT)
        self._settle(state=self.State.WAITING, due_at=timezone.now() + wait, last_error=name)

    def retry(self):
        """Ops give a dead letter another life."""
        self._settle(state=self.State.WAITING, due_at=timezone.now(), attempts=0, finished_at=None)

    def _settle(self, **changes):
        for name, value in changes.items():
            setattr(self, name, value)
        self.leased_until = None
        self.save(update_fields=[*changes, "leased_until"])
