from django.contrib import admin


class NeedsAPerson(admin.SimpleListFilter):
    """Rows that a person must look at, by a text that says why."""

    title = "needs a person"
    parameter_name = "problem"

    def lookups(self, request, model_admin):
        return [("yes", "Yes")]

    def queryset(self, request, queryset):
        return queryset.exclude(problem="") if self.value() else queryset
