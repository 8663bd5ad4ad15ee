"""The directory's part of "My Account": whom somebody starred (product 2.11, 3.2)."""

from django.utils.translation import gettext_lazy as _

from accounts import sections
from directory.models import Favorite


def _favorites(request):
    mine = Favorite.objects.filter(person=request.user).select_related("custodian")
    custodians = [one.custodian for one in mine.order_by("custodian__name", "custodian_id")]
    return {"custodians": custodians, "starred": {one.pk for one in custodians}}


def _who_asks(member):
    """Practices only answer requests here; whoever asks chooses among custodians."""
    return sections.for_others(member) and member is not None and not member.organization.is_provider


_FAVORITES = {"template": "directory/_favorites.html", "facts": _favorites}
sections.add(sections.ACCOUNT, 54, _("Favorite care providers"), shown=sections.for_patients, **_FAVORITES)
sections.add(sections.ACCOUNT, 54, _("Favorite custodians"), shown=_who_asks, **_FAVORITES)
