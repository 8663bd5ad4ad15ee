from django.urls import path

from requests_app.authorizations.views import inviting, reading, signed

urlpatterns = [
    path("", reading.page, name="signing"),
    path("birth-date/", reading.birth_date, name="signing_birth_date"),
    path("accept/", reading.accept, name="signing_accept"),
    path("language/", reading.language, name="signing_language"),
    path("revoke/", signed.revoke, name="signing_revoke"),
    path("copy/<str:public_id>/", signed.copy, name="signing_copy"),
    path("requests/<str:public_id>/resend/", inviting.resend, name="signing_resend"),
    path("requests/<str:public_id>/withdraw/", inviting.withdraw, name="signing_withdraw"),
    # Last: a token could be any word.
    path("<str:token>/", reading.follow, name="sign"),
]
