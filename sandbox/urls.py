from django.urls import path

from sandbox.views import wire

app_name = "sandbox"
urlpatterns = [
    path("bank/v1/<path:path>", wire.wire, name="wire"),
]
