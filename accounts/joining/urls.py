"""Below /account/, before the library's own addresses: some stand under its names, since it leads to them."""

from django.urls import path

from accounts.joining.views import codes, signing_up

urlpatterns = [
    path("signup/", signing_up.SignUp.as_view(), name="account_signup"),
    path("confirm-email/", codes.code_by_email, name="account_email_verification_sent"),
    path("phone/verify/", codes.code_by_text, name="account_verify_phone"),
    path("code/email/again/", codes.again_by_email, name="account_code_again_email"),
    path("code/text/again/", codes.again_by_text, name="account_code_again_text"),
    path("code/by-email/", codes.by_email_instead, name="account_code_by_email"),
    path("code/by-text/", codes.by_text_instead, name="account_code_by_text"),
    path("code/elsewhere/", codes.elsewhere, name="account_code_elsewhere"),
]
