"""Who may handle cards: members who may make requests, and of a card only its owner may change anything."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.access import for_member
from accounts.models import Permission
from billing.models import Card

for_payer = for_member(Permission.MAKE_REQUESTS)


def with_own_card(view):
    """Hand the view a card that the member added; a colleague's shared card is seen but not changed: 403."""

    @for_payer
    @wraps(view)
    def found(request, card_id, **kwargs):
        card = Card.objects.usable_by(request.member).filter(pk=card_id).first()
        if card is None:
            raise Http404
        if card.owner_id != request.member.person_id:
            raise PermissionDenied
        return view(request, card, **kwargs)

    return found
