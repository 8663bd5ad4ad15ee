import re

from allauth.account.utils import get_next_redirect_url
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as said
from django.utils.translation import gettext_lazy as _

from accounts import limits
from accounts.joining.signing_up import sign_up
from accounts.models import Kind, Person
from accounts.models.kinds import PROFESSIONALS
from chartrequest.forms import EmailField, PhoneField, PlainTextField

EMAIL, TEXT = "email", "text"
WAYS = [(EMAIL, _("Send the code by email")), (TEXT, _("Send the code by text"))]
# Long enough for any sentence; a million characters are no password.
LONGEST_PASSWORD = 256


def _agreement_link():
    return format_html(
        '<a href="{}" target="_blank">{}</a>',
        reverse_lazy("agreement"),
        said("Read the agreement (opens in a new tab)"),
    )


def _named(name):
    return {"autocomplete": name}


class PasswordField(forms.CharField):
    default_error_messages = {"required": _("Fill in the password.")}

    def __init__(self, **kwargs):
        widget = forms.PasswordInput(attrs=_named("new-password"))
        super().__init__(max_length=LONGEST_PASSWORD, strip=False, widget=widget, **kwargs)


class WhereTo(forms.Form):
    """Where the code goes: an address, and a number where they would rather have a text."""

    email = EmailField(label=_("Email"))
    verify_by = forms.ChoiceField(
        label=_("How shall we check that this is you?"),
        choices=WAYS,
        widget=forms.RadioSelect,
        initial=EMAIL,
        error_messages={"required": _("Choose one.")},
    )
    phone = PhoneField(
        label=_("Mobile phone"),
        required=False,
        help_text=_("Only for the code by text. Message rates may apply."),
    )

    def __init__(self, *args, request, **kwargs):
        self.request = request
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs |= _named("tel")

    def clean(self):
        given = super().clean()
        by_text = given.get("verify_by") == TEXT
        if by_text and not given.get("phone") and "phone" not in self.errors:
            self.add_error("phone", said("Fill in the number that the text shall go to."))
        if not self.errors:
            self._wait_a_minute(by_text)
        return given

    def _wait_a_minute(self, by_text):
        """The same for an address that has an account and one that has none."""
        field = "phone" if by_text else "email"
        limit = "verify_phone" if by_text else "confirm_email"
        left = limits.seconds_left(self.request, limit, str(self.cleaned_data[field]).lower())
        if left:
            self.add_error(field, limits.in_a_moment(left))

    @property
    def by(self):
        return self.cleaned_data["verify_by"]

    def where(self):
        """Email and phone, as fields of a Person. A number that no text goes to is not kept."""
        phone = str(self.cleaned_data["phone"]) if self.by == TEXT else ""
        return {"email": self.cleaned_data["email"], "phone": phone}


class SignUpForm(WhereTo):
    """As a patient, or a professional who says of which kind (product 2.1); who is invited need not say."""

    first_name = PlainTextField(label=_("First name"), max_length=80)
    last_name = PlainTextField(label=_("Last name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("Where do you work?"),
        choices=[(kind.value, kind.label) for kind in PROFESSIONALS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )
    password1 = PasswordField(
        label=_("Password"),
        help_text=_("At least 15 characters. A few words in a row are easy to keep and hard to guess."),
    )
    password2 = PasswordField(label=_("Password, once more"))
    agreement = forms.BooleanField(
        label=_("I accept the agreement."),
        help_text=lazy(_agreement_link, str)(),
        error_messages={"required": _("Without the agreement there is no account.")},
    )
    field_order = ["kind", "first_name", "last_name", "email", "verify_by", "phone", "password1", "password2"]

    def __init__(self, *args, as_patient=False, invited=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["first_name"].widget.attrs |= _named("given-name")
        self.fields["last_name"].widget.attrs |= _named("family-name")
        self.kind = Kind.HOUSEHOLD if as_patient else None
        if invited:
            self._expect(invited)
        if self.kind:
            del self.fields["kind"]

    def _expect(self, invited):
        """The address their invitation went to is theirs already: the link shows it."""
        self.kind = invited["kind"]
        first, _space, last = invited["name"].partition(" ")
        self.initial |= {"email": invited["email"], "first_name": first, "last_name": last}
        self.fields["email"].disabled = True
        del self.fields["verify_by"], self.fields["phone"]

    def clean(self):
        given = super().clean()
        if "verify_by" not in self.fields:
            given |= {"verify_by": EMAIL, "phone": ""}
        self._check_passwords(given)
        return given

    def _check_passwords(self, given):
        password, again = given.get("password1"), given.get("password2")
        if not password:
            return
        if again is not None and password != again:
            self.add_error("password2", said("The two are not the same. Type the password once more."))
        names = {name: given.get(name, "") for name in ("email", "first_name", "last_name")}
        try:
            validate_password(password, Person(**names))
        except ValidationError as error:
            self.add_error("password1", error)

    def try_save(self, request):
        """The library's hook: whatever becomes of it, the answer is the page that asks for the code."""
        return None, sign_up(request, self.facts(), by=self.by, after=get_next_redirect_url(request))

    def facts(self):
        given = self.cleaned_data
        return self.where() | {
            "first_name": given["first_name"],
            "last_name": given["last_name"],
            "password": make_password(given["password1"]),  # also for an address that has an account
            "signed_up_as": str(self.kind or given["kind"]),
            "language": get_language() or settings.LANGUAGE_CODE,
            "agreement_version": settings.AGREEMENT_VERSION,
            "agreed_at": timezone.now().isoformat(),
        }


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code"), error_messages={"required": _("Type the six digits.")})

    def __init__(self, *args, sent, **kwargs):
        self.sent = sent
        super().__init__(*args, **kwargs)
        attrs = {
            "inputmode": "numeric",
            "autocomplete": "one-time-code",
            "class": "w-code num",
            "maxlength": 12,
        }
        self.fields["code"].widget.attrs |= attrs

    def clean_code(self):
        typed = re.sub(r"[\s-]", "", self.cleaned_data["code"])
        if not re.fullmatch(r"[0-9]{6}", typed):
            raise ValidationError(said("The code has six digits. Type them as they are in the message."))
        self.sent.guess(typed)
        return typed
