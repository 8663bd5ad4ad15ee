"""Each check of access, switched off by itself: the table must notice (`pytest tests/access -k mutation -s`)."""

from contextlib import contextmanager
from dataclasses import dataclass
from unittest import mock

from accounts import door
from accounts.membership import access as membership_access
from accounts.membership import asking, inviting, members
from accounts.membership import permissions as permissions_table
from accounts.models import Invitation, JoinRequest, Member, Organization, Permission, Role
from accounts.models.dependent import DependentQuerySet
from accounts.models.member import MemberQuerySet
from billing.models.card import CardQuerySet
from directory.models import Custodian, DesignatedPhysician
from directory.organization import access as directory_access
from directory.organization import physicians
from requests_app import access, permissions
from requests_app.authorizations import visit
from requests_app.authorizations.views import signed
from requests_app.intake.views import authorization, providers
from requests_app.models import (
    Authorization,
    ChecklistItem,
    RecordFile,
    RecordPage,
    RecordRequest,
    WalkInRequestor,
)
from requests_app.models.batch import BatchQuerySet
from requests_app.models.record_request import RecordRequestQuerySet
from requests_app.organization import checklist, walk_ins
from requests_app.processing import desk
from requests_app.processing.views import qa, records


@dataclass(frozen=True)
class Mutation:
    """`off` is a context manager; one of `rows` of the table, or of `tests` of test_children, must fail in it."""

    name: str
    off: object
    rows: tuple = ()
    tests: tuple = ()


def _always(permissions):
    def allowed(by, record_request):
        return permissions or True  # as many free variables as the check whose place it takes

    return allowed


@contextmanager
def _allowing(check):
    """The views hold the function itself, so its code is exchanged, not its name."""
    code = check.__code__
    check.__code__ = _always(()).__code__
    try:
        yield
    finally:
        check.__code__ = code


def permission(name, *rows):
    return Mutation(f"permissions.{name}", lambda: _allowing(getattr(permissions, name)), rows)


def patch(owner, attribute, instead, *rows, tests=()):
    where = getattr(owner, "__name__", owner)
    return Mutation(f"{where}.{attribute}", lambda: mock.patch.object(owner, attribute, instead), rows, tests)


def _any_of(model):
    return lambda _own, pk: model.objects.get(pk=pk)


def _drafts_too(self, member):
    own, asked = {"organization": member.organization_id}, {"custodian_organization": member.organization_id}
    return self.filter(**own) | self.filter(**asked)


def _anybody(record_request, member):
    return list(Member.objects.all())


def _any_request(batch, public_id):
    return RecordRequest.objects.select_related("custodian", "thread").filter(public_id=public_id).first()


def _any_role(request):
    return Role.objects.get(pk=request.POST["role"]), Permission(request.POST["permission"])


def _any_place(places, pk):
    return Custodian.objects.get(pk=pk)


MUTATIONS = [
    permission("can_view", "record_request"),
    permission("can_ask", "abandon_request", "wizard_review"),
    permission("can_work", "page_thumbnail"),
    permission("can_upload", "upload_records"),
    permission("can_mark_incomplete", "mark_incomplete"),
    permission("can_review", "qa"),
    permission("can_price", "price"),
    permission("can_message", "post_message"),
    patch(
        access, "_visible", lambda queryset, request, **at: queryset.filter(**at).first(), "record_request"
    ),
    patch(RecordRequestQuerySet, "visible_to", lambda self, member: self.all(), "record_request"),
    patch(
        RecordRequestQuerySet, "visible_to", _drafts_too, tests=("test_a_draft_is_nothing_to_its_custodian",)
    ),
    patch(BatchQuerySet, "visible_to", lambda self, member: self.all(), "wizard_review"),
    patch(CardQuerySet, "usable_by", lambda self, member: self.all(), "card_share"),
    patch(
        CardQuerySet,
        "usable_by",
        lambda self, member: self.filter(organization=member.organization_id),
        tests=("test_a_strange_card_doesn_t_pay",),
    ),
    patch(Member, "may", lambda self, permission: True, "outbound"),
    patch(Member, "may", lambda self, permission: True, "cards"),
    patch(Member, "may", lambda self, permission: True, "agree_fee"),
    patch(MemberQuerySet, "active", lambda self: self.all(), "record_request"),
    patch(visit, "is_identified", lambda request: True, "signing_revoke"),
    patch(
        signed,
        "_signed",
        lambda invitation: Authorization.objects.select_related("document", "record_request"),
        "signing_copy",
    ),
    patch(qa, "_page", _any_of(RecordPage), tests=("test_a_page_is_judged_only_within_its_own_request",)),
    patch(records, "_file", _any_of(RecordFile), tests=("test_a_file_is_moved_only_within_its_own_request",)),
    patch(desk, "colleagues", _anybody, tests=("test_a_request_is_given_to_colleagues_only",)),
    patch(
        authorization,
        "asked_or_404",
        _any_request,
        tests=("test_a_thumbnail_of_another_batch_isn_t_reached_through_one_s_own",),
    ),
    patch(
        providers,
        "asked_or_404",
        _any_request,
        tests=("test_a_request_of_another_batch_isn_t_reached_through_one_s_own",),
    ),
    # People and organizations.
    patch(door, "what_is_ahead", lambda person, member: None, "outbound"),
    patch(door, "is_open", lambda request: True, "home"),
    patch(door, "has_two_step", lambda person: True, "outbound"),
    patch(Organization, "works", True, "outbound"),
    patch(Member, "holds", lambda self, permission: True, "apply_again"),
    patch(Member, "may", lambda self, permission: True, "members"),
    patch(Member, "may", lambda self, permission: True, "place_edit"),
    patch(membership_access, "for_patients", lambda member: False, "my_organization"),
    patch(members, "_member", lambda request, pk: Member.objects.get(pk=pk), "member_remove"),
    patch(inviting, "_invitation", lambda request, pk: Invitation.objects.get(pk=pk), "invitation_revoke"),
    patch(asking, "_join_request", lambda request, pk: JoinRequest.objects.get(pk=pk), "join_decline"),
    patch(permissions_table, "_asked", _any_role, "permission_set"),
    patch(directory_access, "get_object_or_404", _any_place, "place"),
    patch(
        physicians, "_or_404", lambda request, pk: DesignatedPhysician.objects.get(pk=pk), "physician_edit"
    ),
    patch(walk_ins, "_or_404", lambda request, pk: WalkInRequestor.objects.get(pk=pk), "walk_in_edit"),
    patch(checklist, "_or_404", lambda request, pk: ChecklistItem.objects.get(pk=pk), "checklist_rename"),
    patch(DependentQuerySet, "of", lambda self, member: self.all(), "dependent_details"),
]
