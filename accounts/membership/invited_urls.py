"""What the reader of an invitation meets; open to whoever has the link."""

from django.urls import path

from accounts.membership import accepting

urlpatterns = [
    path("", accepting.invitation, name="invitation"),
    path("accept/", accepting.invitation_accept, name="invitation_accept"),
    path("<str:token>/", accepting.invitation_follow, name="invitation_follow"),
]
