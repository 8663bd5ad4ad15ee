from allauth.account import forms as library
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import letters, limits
from accounts.models.person import SHORTEST_PASSWORD
from accounts.two_step import LongEnough, has_two_step, keeps_two_step
from chartrequest.forms import EmailField

LABELS = {
    "oldpassword": _("Current password"),
    "password1": _("New password"),
    "password2": _("New password, once more"),
}


class WithoutEchoes:
    """The sign-in library's forms in our words, without placeholders that repeat the label, or a reset link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = LABELS.get(name, field.label)
            if name in ("password", "oldpassword"):
                field.help_text = ""


class SignInForm(WithoutEchoes, library.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"] = EmailField(label=_("Email"))
        self.order_fields(["login", "password"])

    def _clean_with_password(self, credentials):
        """Somebody whose password was right, and who waits for a code, waits a minute and not fifteen."""
        try:
            return super()._clean_with_password(credentials)
        except ValidationError as refused:
            left = limits.seconds_left(self.request, "confirm_email", credentials["email"])
            if left and getattr(self.request, "knows_password", False):
                raise ValidationError(limits.in_a_moment(left)) from None
            raise refused


class ConfirmItIsYouForm(WithoutEchoes, library.ReauthenticateForm):
    pass


class ForgottenPasswordForm(WithoutEchoes, library.ResetPasswordForm):
    email = EmailField(label=_("Email"))

    def save(self, request, **kwargs):
        letters.owe_new_password(self.users)
        return self.cleaned_data["email"]


class NewPasswordForm(WithoutEchoes, library.ResetPasswordKeyForm):
    def clean_password1(self):
        """Who loses the second step by this (`joining.proving`) has no use for a password that needs one."""
        password = self.cleaned_data["password1"]
        if not keeps_two_step(self.user):
            LongEnough(SHORTEST_PASSWORD).validate(password)
        return password


class ChangePasswordForm(WithoutEchoes, library.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if has_two_step(self.user):
            self.fields["password1"].help_text = _(
                "At least 8 characters, since you sign in by two steps. Not one that many people use."
            )
