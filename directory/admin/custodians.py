"""Custodians for ops: listed, mended, merged, and their history."""

from django import forms
from django.contrib import admin
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html_join

from audit.models import Activity
from chartrequest.admin import ReadOnly
from chartrequest.asking import open_for
from chartrequest.forms import MoneyField, NpiField
from directory.admin.merging import Merge
from directory.models import Custodian, DesignatedPhysician, FormOffered, Service
from directory.organization.forms import FREE, MOST
from directory.suggesting.joining import tell_who_waits


class ServiceForm(forms.ModelForm):
    fee = MoneyField(least=FREE, most=MOST)

    class Meta:
        model = Service
        fields = ["kind", "fee", "is_offered"]


class ServiceInline(admin.TabularInline):
    model = Service
    form = ServiceForm
    extra = 0


class FormOfferedInline(admin.TabularInline):
    """The practice changes them, and its Activity tells."""

    model = FormOffered
    extra = 0
    fields = readonly_fields = ["name", "fee", "is_offered", "removed_at"]
    has_add_permission = has_change_permission = has_delete_permission = lambda *_args: False


def _help(field):
    return Custodian._meta.get_field(field).help_text


class CustodianForm(forms.ModelForm):
    npi = NpiField(required=False)
    rush_fee = MoneyField(least=FREE, most=MOST)
    provider_fee = MoneyField(least=FREE, most=MOST, help_text=_help("provider_fee"))
    agreed_copy_fee = MoneyField(most=MOST, required=False, help_text=_help("agreed_copy_fee"))

    class Meta:
        model = Custodian
        fields = [
            *("organization", "name", "kind", "npi", "specialty", "street", "city", "state", "zip_code"),
            *("phone", "fax", "email", "offers_download", "offers_fax", "offers_rush", "rush_fee"),
            *("provider_fee", "agreed_copy_fee"),
        ]

    def clean_npi(self):
        """One row stands for an NPI; a second one would be a duplicate to merge."""
        npi = self.cleaned_data["npi"]
        there = Custodian.objects.of_npi(npi).exclude(pk=self.instance.pk).first() if npi else None
        if there and npi != self.initial.get("npi"):
            raise forms.ValidationError(f"{there} (number {there.pk}) stands for this NPI already.")
        return npi


class Merged(admin.SimpleListFilter):
    title = "listing"
    parameter_name = "listing"

    def lookups(self, request, model_admin):
        return [("listed", "Listed"), ("merged", "Merged into another")]

    def queryset(self, request, queryset):
        if self.value() == "listed":
            return queryset.listed()
        return queryset.exclude(merged_into=None) if self.value() == "merged" else queryset


@admin.register(Custodian)
class CustodianAdmin(admin.ModelAdmin):
    """Those of practices and those that ops listed. None is deleted: requests name them."""

    form = CustodianForm
    list_display = ["id", "name", "kind", "city", "state", "organization", "merged_into"]
    list_display_links = ["id", "name"]
    list_filter = [Merged, "kind", "state", "offers_rush"]
    list_select_related = ["organization", "merged_into"]
    search_fields = ["name", "npi", "city"]
    autocomplete_fields = ["organization"]
    readonly_fields = ["merged_into", "merged_rows", "also_stands_for", "happened"]
    inlines = [ServiceInline, FormOfferedInline]
    has_delete_permission = ReadOnly.has_delete_permission
    change_form_template = "admin/change_form_with_decisions.html"

    def __init__(self, *args):
        super().__init__(*args)
        self.decisions = [Merge(self)]

    def get_urls(self):
        return [*(one.path() for one in self.decisions), *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        custodian = self.get_object(request, object_id)
        decisions = open_for(request, self.decisions, custodian) if custodian else []
        return super().change_view(request, object_id, form_url, {"decisions": decisions})

    def has_change_permission(self, request, obj=None):
        """A merged row stays as it was."""
        return super().has_change_permission(request, obj) and not (obj and obj.merged_into_id)

    def save_model(self, request, obj, form, change):
        """Only what was changed is written: what its practice changed meanwhile stays."""
        with transaction.atomic():
            if not change:
                obj.save()
                obj.record("listed", by=request.user)
            elif form.changed_data:
                obj.locked()
                obj.save(update_fields=form.changed_data)
                obj.record("facts_changed", by=request.user, fields=", ".join(form.changed_data))
                if "organization" in form.changed_data and obj.can_be_asked:
                    tell_who_waits(obj)

    @admin.display(description="Also stands for")
    def also_stands_for(self, custodian):
        return ", ".join(custodian.npis[1 if custodian.npi else 0 :]) or "–" if custodian.pk else "–"

    @admin.display(description="Merged into this one")
    def merged_rows(self, custodian):
        rows = custodian.merged.order_by("id") if custodian.pk else []
        links = [
            (reverse("admin:directory_custodian_change", args=[one.pk]), one.pk, one.name) for one in rows
        ]
        return format_html_join("", '<div><a href="{}">{}: {}</a></div>', links) or "–"

    @admin.display(description="Newest first")
    def happened(self, custodian):
        entries = Activity.objects.of(custodian).order_by("-sequence")[:50] if custodian.pk else []
        return render_to_string("admin/accounts/organization/_activity.html", {"entries": entries})


@admin.register(DesignatedPhysician)
class DesignatedPhysicianAdmin(ReadOnly):
    list_display = ["name", "npi", "organization", "removed_at"]
    search_fields = ["name", "npi", "organization__name"]
