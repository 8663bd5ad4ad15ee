from django import forms
from django.utils.translation import gettext as _

from correspondence.models import Choice
from correspondence.models.choice import takes_texts


class WithoutText(forms.RadioSelect):
    """Radios of which "Text" can't be chosen yet."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if value == Choice.Channel.TEXT:
            option["attrs"]["disabled"] = True
        return option


class ChoicesForm(forms.Form):
    """One field for each group of events; `parts` are headings and groups, as `events.told_to` says."""

    def __init__(self, *args, person, parts, **kwargs):
        super().__init__(*args, initial=Choice.objects.of(person), **kwargs)
        self.person, self._parts = person, parts
        widget = forms.RadioSelect if takes_texts(person) else WithoutText
        for group in (group for _heading, groups in parts for group in groups):
            self.fields[group.key] = forms.ChoiceField(
                label=group.label,
                choices=Choice.Channel.choices,
                widget=widget(attrs={"class": "choices--row"}),
                error_messages={
                    "required": _("Choose one."),
                    "invalid_choice": _("Choose one of the three."),
                },
            )

    @property
    def parts(self):
        return [(heading, [self[group.key] for group in groups]) for heading, groups in self._parts]

    def clean(self):
        for name, channel in list(self.cleaned_data.items()):
            if channel == Choice.Channel.TEXT and not takes_texts(self.person):
                self.add_error(name, _("Verify your phone first, then choose text."))
        return self.cleaned_data

    def save(self):
        Choice.objects.choose(self.person, self.cleaned_data)
