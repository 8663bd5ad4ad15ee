from allauth.account import forms as library
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _


class NewEmailForm(library.AddEmailForm):
    """The address to change to; whether somebody else has it is said to its owner alone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].max_length = 254
        self.fields["email"].validators.append(MaxLengthValidator(254))
        self.fields["email"].label = _("New email address")
        self.fields["email"].help_text = _("We send a code there, to show that it is yours.")
        self.fields["email"].widget.attrs.update(autocomplete="email", placeholder="")
