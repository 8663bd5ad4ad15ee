"""The library's addresses where our rules are stricter; they stand before its own, under the same names."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path
from django.views.generic import RedirectView

from accounts.access import freshly_signed_in
from accounts.own_account import email_views, phone_views, session_views, two_step_views
from accounts.own_account.two_step_views import one_at_a_time, seen_once

urlpatterns = [
    path("email/", freshly_signed_in(email_views.ChangeEmail.as_view()), name="account_email"),
    path("email/verify/", email_views.email_verify, name="email_verify"),
    path("email/keep/", email_views.email_keep, name="email_keep"),
    path("phone/change/", freshly_signed_in(phone_views.ChangePhone.as_view()), name="account_change_phone"),
    path("phone/remove/", phone_views.phone_remove, name="phone_remove"),
    path("password/change/", one_at_a_time(account.password_change), name="account_change_password"),
    path("sessions/", session_views.Sessions.as_view(), name="usersessions_list"),
    path("sessions/<int:session_id>/end/", session_views.session_end, name="session_end"),
    path("2fa/", two_step_views.Overview.as_view(), name="mfa_index"),
    path("2fa/totp/activate/", one_at_a_time(totp.activate_totp), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", one_at_a_time(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path(
        "2fa/recovery-codes/", seen_once(recovery_codes.view_recovery_codes), name="mfa_view_recovery_codes"
    ),
    path(
        "2fa/recovery-codes/download/",
        seen_once(recovery_codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path("2fa/webauthn/", RedirectView.as_view(pattern_name="mfa_index"), name="mfa_list_webauthn"),
    path("2fa/webauthn/add/", one_at_a_time(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/keys/<int:pk>/remove/",
        one_at_a_time(two_step_views.RemovePasskey.as_view()),
        name="mfa_remove_webauthn",
    ),
    path(
        "2fa/webauthn/reauthenticate/",
        two_step_views.ConfirmByPasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
]
