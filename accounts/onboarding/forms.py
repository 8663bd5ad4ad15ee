"""What newcomers are asked: about themselves, and about their organization (product 2.3, 2.4)."""

from django import forms
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES

from accounts.models import PROFESSIONALS, Organization, Survey
from accounts.models.survey import ALL_STATES
from accounts.onboarding import zones
from accounts.onboarding.zones import TIME_ZONES
from chartrequest.forms import DateField, NpiField, PhoneField, PlainTextField

# Armed forces have post offices, not practices.
STATES = [(code, name) for code, name in STATE_CHOICES if code not in ("AA", "AE", "AP")]
CHOOSE = ("", _("Choose one"))


class PatientSurvey(forms.Form):
    heard_from = forms.ChoiceField(
        label=_("How did you hear about us?"), choices=[CHOOSE, *Survey.Heard.choices]
    )
    time_zone = forms.ChoiceField(
        label=_("Your time zone"),
        choices=TIME_ZONES,
        widget=forms.Select(attrs={"data-own-zone": ""}),
        help_text=_("So that times and dates are shown as your clock shows them."),
    )
    birth_date = DateField(
        label=_("Your birth date"),
        required=False,
        past_only=True,
        help_text=_("MM/DD/YYYY. It fills in your own requests, so you don't type it each time."),
    )


class ProfessionalSurvey(forms.Form):
    job = PlainTextField(
        label=_("What is your role?"),
        max_length=100,
        help_text=_("In your own words, like “paralegal” or “office manager”."),
    )
    requests_a_month = forms.ChoiceField(
        label=_("How many records requests do you handle a month?"),
        choices=Survey.Volume.choices,
        widget=forms.RadioSelect(attrs={"class": "choices--row"}),
        error_messages={"required": _("Choose one; a guess is enough.")},
    )
    heard_from = forms.ChoiceField(
        label=_("How did you hear about us?"), choices=[CHOOSE, *Survey.Heard.choices]
    )
    states_served = forms.MultipleChoiceField(
        label=_("Which states do you work in?"),
        choices=[(ALL_STATES, _("All")), *STATES],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices--dense"}),
        error_messages={"required": _("Choose at least one state, or “All”.")},
    )

    def clean_states_served(self):
        chosen = self.cleaned_data["states_served"]
        return [ALL_STATES] if ALL_STATES in chosen else chosen


class PracticeSurvey(ProfessionalSurvey):
    """Of who will found a practice."""

    service_model = forms.ChoiceField(
        label=_("Who will process requests for your records?"),
        choices=Organization.ServiceModel.choices,
        widget=forms.RadioSelect,
        help_text=_("You can change this later."),
        error_messages={"required": _("Choose one; you can change it later.")},
    )
    ehr = PlainTextField(
        label=_("Your EHR"),
        max_length=100,
        required=False,
        help_text=_("The system that holds your charts, like “Epic” or “athenahealth”."),
    )
    records_contact_name = PlainTextField(
        label=_("Name"), max_length=160, required=False, help_text=_("Leave it empty if that is you.")
    )
    records_contact_email = forms.EmailField(label=_("Email"), required=False)
    records_contact_phone = PhoneField(label=_("Phone"), required=False)

    ABOUT_THE_CONTACT = ("records_contact_name", "records_contact_email", "records_contact_phone")

    def about_the_contact(self):
        return [self[name] for name in self.ABOUT_THE_CONTACT]


class NpiForm(forms.Form):
    says_optional = False
    npi = NpiField(label=_("NPI of your practice"), help_text=_("Ten digits; it stands on your claims."))


class OrganizationForm(forms.Form):
    """What an organization is called and where it is; `kind` is asked only of whom we don't know it of."""

    kind = forms.ChoiceField(
        label=_("What is it?"), choices=[CHOOSE, *((kind.value, kind.label) for kind in PROFESSIONALS)]
    )
    name = PlainTextField(label=_("Name of the organization"), max_length=200)
    npi = NpiField(
        label="NPI",
        required=False,
        help_text=_("Ten digits. Without it our check takes longer, and patients find you less easily."),
    )
    street = PlainTextField(label=_("Street"), max_length=200)
    city = PlainTextField(label=_("City"), max_length=100)
    state = forms.ChoiceField(label=_("State"), choices=[CHOOSE, *STATES])
    zip_code = forms.RegexField(
        r"^[0-9]{5}(-[0-9]{4})?$",
        label=_("ZIP"),
        widget=forms.TextInput(attrs={"class": "w-code num"}),
        error_messages={"invalid": _("Use five digits, like 31201, or 31201-1234.")},
    )
    phone = PhoneField(label=_("Phone"))
    fax = PhoneField(label=_("Fax"), required=False)
    time_zone = forms.ChoiceField(
        label=_("Time zone"), choices=[("", _("As most of the state")), *TIME_ZONES], required=False
    )

    def __init__(self, data=None, *, kind="", **kwargs):
        super().__init__(data, **kwargs)
        self.kind = kind
        if kind:
            del self.fields["kind"]
        if kind not in ("", Organization.Kind.PROVIDER):
            del self.fields["npi"]

    def clean(self):
        said = super().clean()
        said["kind"] = self.kind or said.get("kind", "")
        if "time_zone" in said:
            said["time_zone"] = said["time_zone"] or zones.of_state(said.get("state", ""))
        if said["kind"] != Organization.Kind.PROVIDER:
            said.pop("npi", None)
        return said


class ReplyForm(forms.Form):
    reply = PlainTextField(
        label=_("Your answer"),
        max_length=1000,
        multiline=True,
        help_text=_("Say what we got wrong, or what has changed, like the right NPI or address."),
        error_messages={"required": _("Write what we should know before we look again.")},
    )
