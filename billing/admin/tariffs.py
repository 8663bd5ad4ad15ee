"""What canceling and reopening cost, for ops: read every tariff, make the next one (product 7.6)."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError

from accounts.access import freshly_signed_in
from billing.models import Tariff
from chartrequest.admin import ReadOnly
from chartrequest.days import business_day
from chartrequest.forms import DateField, MoneyField, PlainTextField

MOST = 9999
FEWEST, MOST_PAGES = 0, 100_000


class TariffForm(forms.ModelForm):
    """The next tariff, beginning with the amounts of the one in force."""

    valid_from = DateField(label="In force from", help_text="MM/DD/YYYY, today or later.")
    pages_at_first_rate = forms.IntegerField(
        label="Pages at the first rate",
        min_value=FEWEST,
        max_value=MOST_PAGES,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "w-short num"}),
        help_text="How many pages count as the first.",
    )
    note = PlainTextField(label="What changed, and why", max_length=500)

    class Meta:
        model = Tariff
        fields = [
            "valid_from",
            "base",
            "page",
            "pages_at_first_rate",
            "page_beyond",
            "rejection",
            "handling",
            "reopening",
            "note",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.fields.keys() & set(Tariff.AMOUNTS):  # a tariff that is only read has no fields here
            known = self.fields[name]
            self.fields[name] = MoneyField(
                least=0, most=MOST, label=f"{known.label} ($)", help_text=known.help_text
            )

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if day < business_day():
            raise ValidationError("What was charged stays as it was: begin today or later.")
        return day

    def clean(self):
        said = super().clean()
        if self.errors:
            return said
        before = Tariff.objects.in_force(said["valid_from"])
        if before.charged == {name: said[name] for name in Tariff.CHARGED}:
            raise ValidationError("Nothing is changed: that day has these amounts already.")
        return said


@admin.register(Tariff)
class TariffAdmin(ReadOnly):
    """Tariffs, newest first. None is ever changed; "Add" makes the next one."""

    form = TariffForm
    list_display = [
        "__str__",
        "standing",
        "base",
        "page",
        "page_beyond",
        "rejection",
        "handling",
        "reopening",
        "made_by",
    ]
    list_select_related = ["made_by"]

    def has_add_permission(self, request):
        return request.user.has_perm("billing.add_tariff")

    @admin.display(description="Standing")
    def standing(self, tariff):
        if tariff.valid_from > business_day():
            return "to come"
        return "in force" if tariff == Tariff.objects.in_force(business_day()) else "past"

    def get_changeform_initial_data(self, request):
        return Tariff.objects.in_force(business_day()).charged

    def add_view(self, request, form_url="", extra_context=None):
        return freshly_signed_in(self._add)(request, form_url, extra_context)

    def _add(self, request, form_url, extra_context):
        response = super().add_view(
            request, form_url, {"title": "Make the next tariff", **(extra_context or {})}
        )
        if request.method == "POST" and response.status_code == 200:  # the form came back with errors
            response.status_code = 422
        return response

    def save_model(self, request, obj, form, change):
        obj.made_by = request.user
        obj.save()
        said = f"Charged from {obj.valid_from:%m/%d/%Y} on. What was told before stays as it was."
        messages.info(request, said)
