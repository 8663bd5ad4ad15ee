"""The national registry for ops: to be read; an entry becomes a custodian, or is linked to one."""

from django.contrib import admin
from django.urls import reverse

from chartrequest.admin import ReadOnly
from chartrequest.asking import Asked, open_for
from directory.admin.forms import FactsForm, WhichForm
from directory.models import Custodian, RegistryBadRow, RegistryEntry, RegistryImport, Specialty
from directory.suggesting.already import named_alike


class OfEntry(Asked):
    def is_open(self, entry):
        return not entry.deactivated_on and not Custodian.objects.of_npi(entry.npi).exists()

    def says(self, entry):
        there = Custodian.objects.of_npi(entry.npi).first()
        if there:
            return [f"{there} (number {there.pk}) stands for this NPI already."]
        gone = ["This NPI isn't in use any more."] if entry.deactivated_on else []
        return [f"{entry.name}, {entry.street}, {entry.city}, {entry.state} {entry.zip_code}", *gone]

    def after(self, entry):
        there = Custodian.objects.of_npi(entry.npi).first()
        if there:
            return reverse("admin:directory_custodian_change", args=[there.pk])
        return super().after(entry)


class Make(OfEntry):
    move, label, right = "make-custodian", "Make a custodian of it", "directory.add_custodian"

    def make_form(self, entry, data):
        facts = {name: getattr(entry, name, "") for name in FactsForm.base_fields}
        return FactsForm.begun_with({name: said for name, said in facts.items() if said}, data)

    def do(self, entry, form, *, by):
        made = Custodian.list_new(by=by, **form.cleaned_data)
        return f"{made} is listed as number {made.pk}."


class LinkEntry(OfEntry):
    move, label, right = "link", "Link it to a custodian", "directory.change_custodian"

    def make_form(self, entry, data):
        return WhichForm(data, named_alike(entry.name, entry.state))

    def do(self, entry, form, *, by):
        custodian = form.cleaned_data["custodian"]
        custodian.link(entry, by=by)
        return f"{custodian} stands for NPI {entry.npi} too."


@admin.register(RegistryEntry)
class RegistryEntryAdmin(ReadOnly):
    """By NPI alone: a search by any word would read eight million rows."""

    change_form_template = "admin/change_form_with_decisions.html"
    list_display = ["npi", "name", "city", "state", "updated_on", "deactivated_on"]
    search_fields = ["=npi"]
    search_help_text = "The whole NPI"
    show_full_result_count = False
    list_per_page = 25

    def __init__(self, *args):
        super().__init__(*args)
        self.decisions = [Make(self), LinkEntry(self)]

    def get_urls(self):
        return [*(one.path() for one in self.decisions), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        entry = self.get_object(request, object_id)
        decisions = open_for(request, self.decisions, entry) if entry else []
        return super().change_view(request, object_id, form_url, {"decisions": decisions})


class RegistryBadRowInline(admin.TabularInline):
    model = RegistryBadRow
    fields = readonly_fields = ["line", "reason", "text"]
    has_add_permission = has_change_permission = has_delete_permission = lambda *_args: False


@admin.register(RegistryImport)
class RegistryImportAdmin(ReadOnly):
    list_display = [
        *("file_name", "started_at", "finished_at", "rows"),
        *("written", "deactivated", "mended", "bad"),
    ]
    inlines = [RegistryBadRowInline]


@admin.register(Specialty)
class SpecialtyAdmin(ReadOnly):
    list_display = ["code", "name", "group"]
    search_fields = ["code", "name"]
