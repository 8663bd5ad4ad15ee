from django.contrib import admin

from chartrequest.admin import ReadOnly
from correspondence.models import Notice
from outbox.models import Job


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    """Who was told what, and whether it arrived."""

    list_display = ["created_at", "event", "channel", "address", "state", "reference", "sent_at"]
    list_filter = ["state", "channel", "event", "created_at"]
    search_fields = ["=reference", "address"]
    date_hierarchy = "created_at"
    list_select_related = False
    actions = ["send_again"]

    @admin.action(description="Send again what failed", permissions=["view"])
    def send_again(self, request, notices):
        keys = [notice.job_key for notice in notices.filter(state=Notice.State.FAILED)]
        for job in Job.objects.filter(key__in=keys, state=Job.State.DEAD):
            job.retry()
        self.message_user(request, f"{len(keys)} to be sent again.")
