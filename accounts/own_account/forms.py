from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accounts import sections
from chartrequest.forms import DateField, PlainTextField

# As people name them; a zone of elsewhere that somebody has is offered to them too.
ZONES = [
    ("America/New_York", _("Eastern")),
    ("America/Chicago", _("Central")),
    ("America/Denver", _("Mountain")),
    ("America/Phoenix", _("Arizona")),
    ("America/Los_Angeles", _("Pacific")),
    ("America/Anchorage", _("Alaska")),
    ("Pacific/Honolulu", _("Hawaii")),
    ("America/Puerto_Rico", _("Puerto Rico")),
    ("Pacific/Guam", _("Guam")),
]


class AboutYouForm(forms.Form):
    first_name = PlainTextField(label=_("First name"), max_length=80)
    last_name = PlainTextField(label=_("Last name"), max_length=80)
    birth_date = DateField(label=_("Birth date"), past_only=True)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    time_zone = forms.ChoiceField(label=_("Time zone"), required=False)

    def __init__(self, *args, person, member, **kwargs):
        self.person = person
        initial = {name: getattr(person, name) for name in self.base_fields}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["first_name"].widget.attrs["autocomplete"] = "given-name"
        self.fields["last_name"].widget.attrs["autocomplete"] = "family-name"
        as_is = _("Eastern, until you choose") if member is None else _("As set for %(name)s")
        as_is = as_is % {"name": member.organization.name} if member else as_is
        self.fields["time_zone"].choices = [("", as_is), *self._zones()]
        if sections.for_patients(member):
            self.fields["birth_date"].widget.attrs["autocomplete"] = "bday"
            self.fields["birth_date"].help_text = _("MM/DD/YYYY. It fills in your own requests.")
        else:
            del self.fields["birth_date"]

    def _zones(self):
        known = [name for name, _label in ZONES]
        kept = self.person.time_zone
        return [*ZONES, *([(kept, kept)] if kept and kept not in known else [])]

    def save(self):
        for name, value in self.cleaned_data.items():
            setattr(self.person, name, value)
        self.person.save(update_fields=list(self.cleaned_data))
