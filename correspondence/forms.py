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
    """One field for each group of events."""

    def __init__(self, *args, person, groups, **kwargs):
        super().__init__(*args, initial=Choice.objects.of(person), **kwargs)
        self.person = person
        widget = forms.RadioSelect if takes_texts(person) else WithoutText
        for group in groups:
            self.fields[group.key] = forms.ChoiceField(
                label=group.label,
                choices=Choice.Channel.choices,
                widget=widget(attrs={"class": "choices--row"}),
                error_messages={
                    "required": _("Choose one."),
                    "invalid_choice": _("Choose one of the three."),
                },
            )

    def clean(self):
        for name, channel in list(self.cleaned_data.items()):
            if channel == Choice.Channel.TEXT and not takes_texts(self.person):
                self.add_error(name, _("Verify your phone first, then choose text."))
        return self.cleaned_data

    def save(self):
        Choice.objects.choose(self.person, self.cleaned_data)
