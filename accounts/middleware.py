from django.utils import timezone

from accounts.models import Member

SESSION_KEY = "member"


class acting_member:
    """Sets `request.member` (who acts, for which organization), and shows times in their zone.

    Read afresh on every request: a removal or a lowered role is obeyed at the next click.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        request.member = _acting(request)
        if request.member:
            timezone.activate(request.member.zone)
        else:
            timezone.deactivate()
        return self.get_response(request)


def _acting(request):
    if not request.user.is_authenticated:
        return None
    memberships = list(Member.objects.of(request.user))
    request.memberships = memberships
    chosen = request.session.get(SESSION_KEY)
    for member in memberships:
        if member.pk == chosen:
            return member
    return next(iter(memberships), None)
