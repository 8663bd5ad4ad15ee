from django import forms
from django.utils.translation import gettext_lazy as _

from chartrequest.forms import PlainTextField


class MessageForm(forms.Form):
    body = PlainTextField(label=_("Provider Messages"), max_length=5000, multiline=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["rows"] = 3
