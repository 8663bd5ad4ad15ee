from django.contrib import admin

from correspondence.models import Notice


@admin.register(Notice)
class NoticeAdmin(admin.ModelAdmin):
    """Who was told what, and whether it arrived."""

    list_display = ["created_at", "event", "channel", "address", "state", "reference", "sent_at"]
    list_filter = ["state", "channel", "event"]
    search_fields = ["=reference", "address"]

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
