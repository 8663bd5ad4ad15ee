from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

LONGEST = 254


class EmailField(forms.EmailField):
    """An email address as it is kept: in lower case, its domain in ASCII, so that a look-alike is another address.

    "ana@bücher.example" becomes "ana@xn--bcher-kva.example", and is shown so. Dots and +tags are left alone: only the
    owner of a mailbox knows what they mean.
    """

    default_validators = [EmailValidator(message=_("Use an email address like name@example.com."))]
    default_error_messages = {
        "required": _("Fill in the email address."),
        "invalid": _("Use an email address like name@example.com."),
        "letters": _("Before the @, use only letters from a to z, digits and marks like . + - _"),
    }

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": LONGEST} | kwargs)
        self.widget.attrs |= {"autocomplete": "email", "spellcheck": "false", "autocapitalize": "none"}

    def to_python(self, value):
        typed = super().to_python(value)
        if not typed or len(typed) > LONGEST:
            return typed
        local, at, domain = typed.rpartition("@")
        if not local.isascii():
            raise ValidationError(self.error_messages["letters"], code="letters")
        try:
            return f"{local}{at}{domain.encode('idna').decode()}".lower()
        except UnicodeError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
