from django.contrib import admin

from chartrequest.admin import ReadOnly
from outbox.models import Job


@admin.register(Job)
class JobAdmin(ReadOnly):
    """What is waiting, and the dead letters, which ops may give another life."""

    list_display = ["kind", "state", "attempts", "due_at", "last_error", "created_at"]
    list_filter = ["state", "kind"]
    search_fields = ["key"]
    actions = ["retry"]

    @admin.action(description="Try again")
    def retry(self, request, jobs):
        for job in jobs.filter(state=Job.State.DEAD):
            job.retry()
