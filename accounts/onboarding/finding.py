"""Whether a newcomer's organization is here already (product 2.3)."""

from allauth.account.utils import has_verified_email

from accounts import mail_domains
from accounts.models import JoinRequest, Kind, Organization


def has_shown_address(person):
    """Whether they have proved that their email address is theirs: who was verified by text has not yet."""
    return has_verified_email(person, person.email)


def must_show_address(person):
    """An address of an organization's mail domain counts once it is shown to be theirs; a free one says nothing."""
    return bool(mail_domains.of_organization(person.email)) and not has_shown_address(person)


def own_domain(person):
    """The mail domain that an organization they found is run under, or ""."""
    return mail_domains.of_organization(person.email) if has_shown_address(person) else ""


def there_already(person, npi=""):
    """The organization to ask to join: of their mail domain, else of that NPI; None where they may found one."""
    of_domain = Organization.objects.at_domain(person.email) if has_shown_address(person) else None
    return of_domain or Organization.objects.with_npi(npi).first()


def asked(person):
    """Their join request that waits for an answer, or None."""
    waiting = JoinRequest.objects.filter(person=person, state=JoinRequest.State.ASKED)
    return waiting.select_related("organization").first()


def declined(person, organization):
    """Whether their last word from this organization was no."""
    last = JoinRequest.objects.filter(person=person, organization=organization).first()
    return bool(last) and last.state == JoinRequest.State.DECLINED


def kind_of(person):
    """What an organization of theirs would be: as they signed up, or as the one they last belonged to; or ""."""
    last = person.memberships.select_related("organization").order_by("-id").first()
    kind = person.signed_up_as or (last.organization.kind if last else "")
    return "" if kind == Kind.HOUSEHOLD else kind
