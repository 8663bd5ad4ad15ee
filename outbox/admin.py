from django.contrib import admin

from chartrequest.admin import ReadOnly
from outbox.models import Job, SweepFailure, SweepRun


@admin.register(Job)
class JobAdmin(ReadOnly):
    """What is waiting, and the dead letters, which ops may give another life."""

    list_display = ["kind", "state", "attempts", "due_at", "last_error", "created_at"]
    list_filter = ["state", "kind"]
    search_fields = ["key"]
    actions = ["retry"]

    def has_retry_permission(self, request):
        return request.user.has_perm("outbox.change_job")

    @admin.action(description="Try again", permissions=["retry"])
    def retry(self, request, jobs):
        for job in jobs.filter(state=Job.State.DEAD):
            job.retry()


@admin.register(SweepRun)
class SweepRunAdmin(ReadOnly):
    """Each walk of each sweep: when, how many, how long, how many failed."""

    list_display = ["sweep", "began_at", "took", "settled", "what", "failed", "is_whole"]
    list_filter = ["sweep", "is_whole"]
    date_hierarchy = "began_at"

    @admin.display(description="Seconds")
    def took(self, run):
        return "–" if run.seconds is None else f"{run.seconds:.1f}"

    @admin.display(description="What became of them")
    def what(self, run):
        return ", ".join(f"{count:,} {word}" for word, count in sorted(run.tally.items())) or "–"


@admin.register(SweepFailure)
class SweepFailureAdmin(ReadOnly):
    """What a sweep could not settle; it is tried again by each run, and leaves this list once it is."""

    list_display = ["sweep", "subject_id", "last_error", "times", "first_at", "last_at"]
    list_filter = ["sweep"]
