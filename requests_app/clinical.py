"""The Clinical Reviewer of a practice: whose sign-off a release needs, where one is chosen (product 6.4)."""

from accounts.models import Permission

NEEDED = (Permission.VIEW_REQUESTS, Permission.REVIEW_PAGES)


def reviewer_of(organization):
    """The member who signs off, or None: nobody was chosen, or they left or may no longer review.

    Then no sign-off is asked for, so that no request is stuck; administrators see it (`is_vacant`).
    """
    member = organization.clinical_reviewer if organization else None
    return member if member and can_be(member, organization) else None


def can_be(member, organization):
    """Whether this member of the practice may do what a Clinical Reviewer does."""
    ours = member.organization_id == organization.pk and member.person.is_active
    return ours and all(member.may(permission) for permission in NEEDED)


def is_vacant(organization):
    """Somebody was chosen who can't review any more: the practice must choose again."""
    return organization.clinical_reviewer_id is not None and reviewer_of(organization) is None


def is_signed_off(record_request):
    return record_request.clinically_reviewed_at is not None
