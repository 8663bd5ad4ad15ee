from django.contrib import admin

from directory.models import (
    Custodian,
    DesignatedPhysician,
    FormOffered,
    RegistryBadRow,
    RegistryEntry,
    RegistryImport,
    Service,
    Specialty,
)


class ToRead:
    """Ops look; whoever owns it, or a command, changes it."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ServiceInline(admin.TabularInline):
    model = Service
    extra = 0


class FormOfferedInline(ToRead, admin.TabularInline):
    """The practice changes them, and its Activity tells."""

    model = FormOffered
    extra = 0
    fields = readonly_fields = ["name", "fee", "is_offered", "removed_at"]


@admin.register(Custodian)
class CustodianAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "city", "state", "organization"]
    list_filter = ["kind", "state", "offers_rush"]
    search_fields = ["name", "npi", "city"]
    autocomplete_fields = ["organization"]
    inlines = [ServiceInline, FormOfferedInline]


@admin.register(DesignatedPhysician)
class DesignatedPhysicianAdmin(ToRead, admin.ModelAdmin):
    list_display = ["name", "npi", "organization", "removed_at"]
    search_fields = ["name", "npi", "organization__name"]


@admin.register(RegistryEntry)
class RegistryEntryAdmin(ToRead, admin.ModelAdmin):
    """By NPI alone: a search by any word would read eight million rows."""

    list_display = ["npi", "name", "city", "state", "updated_on", "deactivated_on"]
    search_fields = ["=npi"]
    search_help_text = "The whole NPI"
    show_full_result_count = False
    list_per_page = 25


class RegistryBadRowInline(ToRead, admin.TabularInline):
    model = RegistryBadRow
    fields = readonly_fields = ["line", "reason", "text"]


@admin.register(RegistryImport)
class RegistryImportAdmin(ToRead, admin.ModelAdmin):
    list_display = [
        "file_name",
        "started_at",
        "finished_at",
        "rows",
        "written",
        "deactivated",
        "mended",
        "bad",
    ]
    inlines = [RegistryBadRowInline]


@admin.register(Specialty)
class SpecialtyAdmin(ToRead, admin.ModelAdmin):
    list_display = ["code", "name", "group"]
    search_fields = ["code", "name"]
