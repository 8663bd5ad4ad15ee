from functools import cached_property

from django import forms
from django.forms.utils import ErrorDict
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from billing.quoting import FREE_OF_EXTRAS
from chartrequest.forms import DateField
from directory.models import Service
from requests_app.intake.specifying import Wish, specify
from requests_app.models import RecordRequest
from requests_app.reasons import RecordType

Dates = RecordRequest.Dates
NEEDS_FROM = (Dates.AFTER, Dates.BETWEEN)
NEEDS_TO = (Dates.BEFORE, Dates.BETWEEN)


class DayField(DateField):
    """A day that is needed or not, as the chosen kind of dates says; the form tells."""

    def validate(self, value):
        pass


class SpecificationForm(forms.Form):
    """What one custodian is asked for; its fields carry the request's ID."""

    record_types = forms.MultipleChoiceField(
        label=_("Record types"),
        choices=RecordType.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one type of records.")},
    )
    dates = forms.ChoiceField(
        label=_("Dates of service"),
        choices=Dates.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": _("Choose which dates.")},
    )
    dates_from = DayField(label=_("From"), past_only=True)
    dates_to = DayField(label=_("To"), past_only=True)
    services = forms.MultipleChoiceField(
        label=_("Additional services"), required=False, widget=forms.CheckboxSelectMultiple
    )
    is_rush = forms.BooleanField(required=False)

    def __init__(self, record_request, data=None):
        self.record_request, self.custodian = record_request, record_request.custodian
        super().__init__(data, prefix=record_request.public_id, initial=_said(record_request))
        self.use_required_attribute = False
        self.fields["services"].choices = [
            (one.pk, self._with_fee(one.get_kind_display(), one.fee)) for one in self.custodian.offered
        ]
        if not self.custodian.offered:
            del self.fields["services"]
        if self.custodian.offers_rush:
            self.fields["is_rush"].label = self._with_fee(_("Rush: within 48 hours"), self.custodian.rush_fee)
        else:
            del self.fields["is_rush"]

    def _with_fee(self, label, fee):
        """With what it costs whoever asks: patients and practices pay nothing on top (product 7.3)."""
        if self.record_request.requestor_class in FREE_OF_EXTRAS:
            return format_html('{} <span class="muted">{}</span>', label, _("no charge"))
        return format_html('{} <span class="muted num">${}</span>', label, fee)

    @cached_property
    def images_service(self):
        """The value of the "Medical Images" box; it is ticked along with the record type."""
        return next((one.pk for one in self.custodian.offered if one.kind == Service.Kind.IMAGES), "")

    def clean(self):
        said = self.cleaned_data
        dates, start, end = said.get("dates"), said.get("dates_from"), said.get("dates_to")
        if dates in NEEDS_FROM and not start and "dates_from" not in self.errors:
            self.add_error("dates_from", _("Fill in the first day as MM/DD/YYYY."))
        if dates in NEEDS_TO and not end and "dates_to" not in self.errors:
            self.add_error("dates_to", _("Fill in the last day as MM/DD/YYYY."))
        if dates == Dates.BETWEEN and start and end and end < start:
            self.add_error("dates_to", _("The last day is before the first one."))
        return said

    @property
    def wish(self):
        """The cleaned answers; days that the chosen kind of dates doesn't use are left out."""
        said = self.cleaned_data
        chosen = {int(pk) for pk in said.get("services", [])}
        return Wish(
            record_types=said["record_types"],
            dates=said["dates"],
            dates_from=said["dates_from"] if said["dates"] in NEEDS_FROM else None,
            dates_to=said["dates_to"] if said["dates"] in NEEDS_TO else None,
            services=[one for one in self.custodian.offered if one.pk in chosen],
            is_rush=said.get("is_rush", False),
        ).with_images(self.custodian)


class Specifications:
    """The specification forms of all custodians of a draft, as one form of the step."""

    name = "details"

    def __init__(self, draft, member, data=None):
        self.draft, self.is_bound = draft, data is not None
        self.forms = [SpecificationForm(one, data) for one in draft.record_requests]

    @classmethod
    def resumed(cls, draft, member, typed):
        made = cls(draft, member, typed)
        for form in made.forms:
            form._errors = ErrorDict()
        return made

    @property
    def errors(self):
        return [form.errors for form in self.forms if form.errors]

    def is_valid(self):
        # Every form is asked, so that each one's errors are told at once.
        return self.is_bound and all([form.is_valid() for form in self.forms])

    def of(self, public_id):
        """The form of one request, or None."""
        return next((form for form in self.forms if form.record_request.public_id == public_id), None)

    def save(self, held, *, by):
        changed = [specify(form.record_request, form.wish, by=by) for form in self.forms]
        if any(changed):
            held.withdraw_estimate()


def _said(record_request):
    return {
        "record_types": record_request.record_types,
        "dates": record_request.dates,
        "dates_from": record_request.dates_from,
        "dates_to": record_request.dates_to,
        "services": [one.pk for one in record_request.services.all()],
        "is_rush": record_request.is_rush,
    }
