from django import forms
from django.contrib import admin
from django.core.validators import validate_email
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.html import format_html_join

from accounts import mail_domains
from accounts.admin import deciding
from accounts.models import Organization, Standing, Survey
from accounts.onboarding import facts
from audit.models import Activity
from chartrequest.admin import ReadOnly

FACTS = ["name", "npi", "street", "city", "state", "zip_code", "phone", "fax", "email", "time_zone"]


class OrganizationForm(forms.ModelForm):
    class Meta:
        model = Organization
        fields = [*FACTS, "mail_domain"]

    def clean_mail_domain(self):
        """Who has an address there is led to this organization; so it is nobody else's, and no free one."""
        domain = self.cleaned_data["mail_domain"].strip().lower().removeprefix("@")
        if domain:
            validate_email(f"x@{domain}")
        if domain and mail_domains.of_organization(f"x@{domain}") != domain:
            raise forms.ValidationError("Anybody can have an address there; or write it as ASCII (xn--…).")
        if Organization.objects.under(domain).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError("Another organization is run under this mail domain.")
        return domain


class WaitsForADecision(admin.SimpleListFilter):
    title = "decision"
    parameter_name = "decision"

    def lookups(self, request, model_admin):
        return [("waits", "Waits for a decision")]

    def queryset(self, request, queryset):
        return queryset.filter(standing=Standing.WAITING) if self.value() == "waits" else queryset


@admin.register(Organization)
class OrganizationAdmin(admin.ModelAdmin):
    """Organizations, and the queue of those that wait for a decision; each decision is a page and a verb."""

    form = OrganizationForm
    change_form_template = "admin/accounts/organization/change_form.html"
    list_display = ["name", "kind", "standing", "created_at", "decided_at", "city", "state"]
    list_filter = [WaitsForADecision, "standing", "kind", "state"]
    search_fields = ["name", "npi", "mail_domain"]
    date_hierarchy = "created_at"
    decided = ["standing", "standing_reason", "standing_reply", "decided_at", "created_at"]
    answered = [
        "service_model",
        "ehr",
        "records_contact_name",
        "records_contact_email",
        "records_contact_phone",
    ]
    readonly_fields = [
        *(*decided, *answered, "kind", "slug", "requires_two_step"),
        *("directory_says", "look_alikes", "surveys", "happened", "who_belongs"),
    ]
    fieldsets = [
        ("Standing", {"fields": ["kind", *decided]}),
        ("Is it what it says?", {"fields": ["directory_says", "look_alikes"]}),
        ("Facts", {"fields": [*FACTS, "mail_domain", "slug", "requires_two_step"]}),
        ("Survey", {"fields": [*answered, "surveys"]}),
        ("Members", {"fields": ["who_belongs"]}),
        ("Activity", {"fields": ["happened"]}),
    ]

    def has_add_permission(self, request):
        return False  # its people found it

    has_delete_permission = ReadOnly.has_delete_permission

    def get_urls(self):
        decisions = [
            path(
                f"<int:organization_id>/{decision.move}/",
                self.admin_site.admin_view(deciding.page_of(self, decision)),
                name=f"accounts_organization_{decision.move}",
            )
            for decision in deciding.DECISIONS
        ]
        return [*decisions, *super().get_urls()]

    def change_view(self, request, object_id, form_url="", extra_context=None):
        organization = self.get_object(request, object_id)
        may = organization and request.user.has_perm("accounts.decide_organization")
        decisions = deciding.open_for(organization) if may else []
        return super().change_view(request, object_id, form_url, {"decisions": decisions})

    def save_model(self, request, obj, form, change):
        """Only what was changed is written: a decision made meanwhile stays."""
        if not form.changed_data:
            return
        with transaction.atomic():
            obj.locked()
            obj.save(update_fields=form.changed_data)
            obj.record("facts_changed", by=request.user, fields=", ".join(form.changed_data))

    @admin.display(description="The directory, by NPI")
    def directory_says(self, organization):
        known = facts.of(organization.npi) if organization.npi else None
        if known is None:
            return "Nothing is known of this NPI." if organization.npi else "No NPI was given."
        place = ", ".join(
            part for part in (known.street, known.city, f"{known.state} {known.zip_code}".strip()) if part
        )
        return f"{known.name}, {place}"

    @admin.display(description="Others like it")
    def look_alikes(self, organization):
        """Those with the same NPI, mail domain or name."""
        everybody = Organization.objects.exclude(pk=organization.pk).exclude(kind=Organization.Kind.HOUSEHOLD)
        alike = {
            "same NPI": everybody.filter(npi=organization.npi) if organization.npi else [],
            "same mail domain": everybody.filter(mail_domain=organization.mail_domain)
            if organization.mail_domain
            else [],
            "same name": everybody.filter(name__iexact=organization.name),
        }
        rows = [
            (reverse("admin:accounts_organization_change", args=[one.pk]), one.standing_in_words, why)
            for why, found in alike.items()
            for one in found
        ]
        return format_html_join("", '<div><a href="{}">{}</a> ({})</div>', rows) or "None."

    @admin.display(description="What its people answered")
    def surveys(self, organization):
        answered = Survey.objects.filter(person__memberships__organization=organization)
        rows = [
            (
                survey.person.full_name,
                survey.job or "–",
                survey.get_requests_a_month_display() or "–",
                survey.get_heard_from_display() or "–",
                ", ".join(survey.states_served) or "–",
            )
            for survey in answered.select_related("person").order_by("answered_at").distinct()
        ]
        line = "<div>{}: {}; {} requests a month; heard by: {}; states: {}</div>"
        return format_html_join("", line, rows) or "Nothing yet."

    @admin.display(description="Newest first")
    def happened(self, organization):
        entries = Activity.objects.of(organization).order_by("-sequence")[:50]
        return render_to_string("admin/accounts/organization/_activity.html", {"entries": entries})

    @admin.display(description="Its administrators decide on them")
    def who_belongs(self, organization):
        """Who belongs, or belonged, to it."""
        members = organization.members.select_related("person__survey", "role").order_by("joined_at", "id")
        return render_to_string("admin/accounts/organization/_members.html", {"members": members})
