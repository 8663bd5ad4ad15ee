from django.contrib import admin


class ReadOnly(admin.ModelAdmin):
    """Read and search; what may be done has an action that calls a verb."""

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Standing(admin.SimpleListFilter):
    """Of what waits for ops until it is closed: its queryset has `open()`, and its rows `closed_at`."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request, model_admin):
        return [("open", "Waits for you"), ("closed", "Closed")]

    def queryset(self, request, queryset):
        if self.value() == "open":
            return queryset.open()
        return queryset.filter(closed_at__isnull=False) if self.value() == "closed" else queryset
