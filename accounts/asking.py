"""A page on which ops decide, for who has shown within five minutes that it is them (trust.md, Sign-in)."""

from accounts.access import freshly_signed_in
from chartrequest.asking import Asked


class FreshlyAsked(Asked):
    def view(self, request, pk):
        return freshly_signed_in(super().view)(request, pk)
