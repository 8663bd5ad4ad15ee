from allauth.account import forms as library
from django.utils.translation import gettext_lazy as _

from accounts import letters
from accounts.two_step import has_two_step


class WithoutEchoes:
    """The sign-in library's forms without placeholders that repeat the label, or a reset link."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in ("password", "oldpassword"):
                field.help_text = ""


class SignInForm(WithoutEchoes, library.LoginForm):
    pass


class ConfirmItIsYouForm(WithoutEchoes, library.ReauthenticateForm):
    pass


class ForgottenPasswordForm(WithoutEchoes, library.ResetPasswordForm):
    def save(self, request, **kwargs):
        letters.owe_new_password(self.users)
        return self.cleaned_data["email"]


class NewPasswordForm(WithoutEchoes, library.ResetPasswordKeyForm):
    pass


class ChangePasswordForm(WithoutEchoes, library.ChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if has_two_step(self.user):
            self.fields["password1"].help_text = _(
                "At least 8 characters, since you sign in by two steps. Not one that many people use."
            )


class _SentCode(WithoutEchoes):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 10, "class": "w-code num"}


class EmailedCodeForm(_SentCode, library.ConfirmEmailVerificationCodeForm):
    pass


class TextedCodeForm(_SentCode, library.VerifyPhoneForm):
    pass
