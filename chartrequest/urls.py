"""Every address of the product, app by app."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from accounts.joining.views.signing_up import agreement
from chartrequest import health, views
from correspondence.channels import bounces

admin.site.site_header = admin.site.site_title = "ChartRequest operations"
admin.site.index_title = "Everything ops look after"
# Ops sign in where everybody does: the admin's own page would count no tries.
admin.site.login = secure_admin_login(admin.site.login)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("sidebar/", views.sidebar, name="sidebar"),
    path("ops/", admin.site.urls),
    path("agreement/", agreement, name="agreement"),
    path("account/", include("accounts.joining.urls")),
    path("account/", include("accounts.own_account.guarded")),
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
    path("account/", include("allauth.account.urls")),
    path("my-account/", include("accounts.own_account.urls")),
    path("people/", include("accounts.urls")),
    path("organization/", include("accounts.membership.urls")),
    path("organization/", include("directory.organization.urls")),
    path("organization/", include("requests_app.organization.urls")),
    path("welcome/", include("accounts.onboarding.urls")),
    path("notifications/", include("correspondence.urls")),
    path("dependents/", include("accounts.dependents.urls")),
    path("invitation/", include("accounts.membership.invited_urls")),
    path("custodians/", include("directory.urls")),
    path("billing/", include("billing.urls")),
    path("", include("requests_app.urls")),
]

handler400 = "chartrequest.views.bad_request"
handler429 = "chartrequest.views.too_many"  # the sign-in library asks for it by this name
handler500 = "chartrequest.views.server_error"

urlpatterns.append(path("mail/", include(bounces.addresses())))
if settings.SANDBOX:
    urlpatterns.append(path("sandbox/", include("sandbox.urls")))
