from contextlib import contextmanager
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField
from localflavor.us.models import USStateField, USZipCodeField
from phonenumber_field.modelfields import PhoneNumberField

from accounts import mail_domains, telling
from accounts.models.kinds import Kind
from accounts.models.person import Person
from accounts.signals import organization_closed, organization_opened
from audit.actors import SYSTEM, Actor
from audit.models import Lifecycle, MoveRefused, NotPermitted, verb
from audit.models.lifecycle import LifecycleQuerySet


class Standing(models.TextChoices):
    """Whether ops let an organization work here (product 2.5)."""

    WAITING = "waiting", gettext_lazy("Waiting for approval")
    APPROVED = "approved", gettext_lazy("Approved")
    REJECTED = "rejected", gettext_lazy("Rejected")
    SUSPENDED = "suspended", gettext_lazy("Suspended")


def ops_decide(by, organization):
    """Ops whose role holds it, and the system."""
    return isinstance(by, Actor) or (isinstance(by, Person) and by.has_perm("accounts.decide_organization"))


def its_own(by, organization):
    """A member of the organization who manages it."""
    return isinstance(by, Actor) or (
        getattr(by, "organization_id", None) == organization.pk and by.holds("manage_organization")
    )


class OrganizationQuerySet(LifecycleQuerySet):
    def working(self):
        return self.filter(standing=Standing.APPROVED)

    def at_domain(self, email):
        """The organization of professionals that is run under this address's mail domain, or None (product 2.3).

        Never for a free mail domain, nor one that only looks alike: the whole domain counts, letter by letter.
        """
        return self.under(mail_domains.of_organization(email)).first()

    def under(self, mail_domain):
        """Those that are run under a mail domain ("" is none): at most one, the constraint sees to it."""
        return self._of_professionals().filter(mail_domain=mail_domain) if mail_domain else self.none()

    def with_npi(self, npi):
        """Those that gave this NPI, the oldest first; several are for ops to look at."""
        return self._of_professionals().filter(npi=npi) if npi else self.none()

    def _of_professionals(self):
        return self.exclude(kind=Kind.HOUSEHOLD).exclude(standing=Standing.REJECTED).order_by("id")


class Organization(Lifecycle):
    """Whom a request belongs to: a firm, a practice, or a patient's household of one.

    Patients act for a household of their own, so that ownership, cards and access are one rule for everybody.
    Made by `Organization.found`; `standing` is moved by ops (product 2.5), and its Activity tells of members, roles
    and settings too.
    """

    Kind = Kind
    state_name = "standing"  # `state` is where it is

    class ServiceModel(models.TextChoices):
        SELF = "self", gettext_lazy("We process requests ourselves")
        FULL = "full", gettext_lazy("ChartRequest processes them for us")

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    standing = FSMField(
        max_length=10, default=Standing.WAITING, choices=Standing.choices, protected=True, db_index=True
    )
    standing_reason = models.TextField(
        max_length=1000, blank=True, help_text="Why ops decided so; its people read it."
    )
    standing_reply = models.TextField(max_length=1000, blank=True, help_text="What its people answered.")
    decided_at = models.DateTimeField(null=True, blank=True)
    slug = models.SlugField(
        max_length=80, unique=True, null=True, blank=True, help_text="Address of its landing page."
    )
    mail_domain = models.CharField(max_length=253, blank=True, db_index=True)
    requires_two_step = models.BooleanField(default=False)
    npi = models.CharField("NPI", max_length=10, blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = USStateField(blank=True)
    zip_code = USZipCodeField(blank=True)
    phone = PhoneNumberField(blank=True)
    fax = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)
    time_zone = models.CharField(max_length=60, default="America/New_York")
    # Of practices, from the survey (product 2.4).
    service_model = models.CharField(max_length=10, choices=ServiceModel.choices, blank=True)
    ehr = models.CharField("EHR", max_length=100, blank=True)
    records_contact_name = models.CharField(max_length=160, blank=True)
    records_contact_email = models.EmailField(blank=True)
    records_contact_phone = PhoneNumberField(blank=True)
    clinical_reviewer = models.ForeignKey(
        "accounts.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        permissions = [("decide_organization", "Can approve, reject and suspend organizations")]
        constraints = [
            # A second one would hide its people from the first (product 2.3); also for two who found it at once.
            models.UniqueConstraint(
                fields=["mail_domain"],
                condition=~models.Q(mail_domain="")
                & ~models.Q(kind=Kind.HOUSEHOLD)
                & ~models.Q(standing=Standing.REJECTED),
                name="mail_domain_once",
            )
        ]

    def __str__(self):
        return self.name

    @classmethod
    def found(cls, *, name, kind, by=None, **facts):
        """A new organization with the roles its kind starts with; all but practices may work at once.

        `by` is the Person who founds it, or None for the system. Its mail domain is theirs, if they have shown that
        the address is theirs and it isn't a free one.
        """
        from accounts.models.role import Role  # a role knows its organization

        with transaction.atomic():
            organization = cls.objects.create(name=name, kind=kind, **facts)
            if organization.is_provider:
                organization.slug = organization._unused_slug()
                organization.save(update_fields=["slug"])
            Role.objects.start(organization)
            actor = by.acting_for(organization) if by else SYSTEM
            organization.record("founded", by=actor, to_state=Standing.WAITING)
            if not organization.is_provider:
                organization.approve(by=SYSTEM)
        return organization

    @verb(
        field="standing",
        source=Standing.WAITING,
        target=Standing.APPROVED,
        permission=ops_decide,
        event="approved",
    )
    def approve(self, *, by):
        """Let it work; its people are told, and its places can be asked for records."""
        self._decided("")
        organization_opened.send(type(self), organization=self)

    @verb(
        field="standing", source=Standing.WAITING, target=Standing.REJECTED, permission=ops_decide, event="rejected",
        tell=["reason"],
    )  # fmt: skip
    def reject(self, *, by, reason):
        """Say no, and why; its administrators may answer."""
        self._decided(reason)

    @verb(
        field="standing", source=Standing.REJECTED, target=Standing.WAITING, permission=its_own, event="applied_again",
        tell=["reply"],
    )  # fmt: skip
    def apply_again(self, *, by, reply):
        """Answer a rejection; ops look again. Refused where another of their mail domain was set up meanwhile."""
        if Organization.objects.under(self.mail_domain).exclude(pk=self.pk).exists():
            raise MoveRefused(
                _(
                    "Somebody of %(domain)s has set up an organization meanwhile. Write to us, and we sort it out."
                )
                % {"domain": self.mail_domain}
            )
        self.standing_reply = reply

    @verb(
        field="standing", source=Standing.APPROVED, target=Standing.SUSPENDED, permission=ops_decide,
        event="suspended", tell=["reason"],
    )  # fmt: skip
    def suspend(self, *, by, reason):
        """Stop its work at once; nothing of it is lost."""
        self._decided(reason)
        organization_closed.send(type(self), organization=self)

    @verb(
        field="standing",
        source=Standing.SUSPENDED,
        target=Standing.APPROVED,
        permission=ops_decide,
        event="restored",
    )
    def restore(self, *, by):
        """Let a suspended organization work again."""
        self._decided("")
        organization_opened.send(type(self), organization=self)

    def after_move(self, name, *, by):
        """Its administrators hear of what ops decided."""
        if name == "apply_again" or by is SYSTEM:
            return
        from accounts.models.member import Member  # a member knows its organization

        managers = Member.objects.who_manage(self)
        telling.tell(
            [one.person for one in managers],
            f"organization_{name}",
            path=reverse("home"),
            organization=self.name,
            reason=self.standing_reason,
        )

    def _decided(self, reason):
        self.standing_reason, self.standing_reply, self.decided_at = reason, "", timezone.now()

    def change_facts(self, *, by, **said):
        """Change its name, address and the like; the Activity keeps which, never what. Raises NotPermitted."""
        with self.held(by=by, permission="manage_organization") as (row, by):
            changed = [name for name, value in said.items() if getattr(row, name) != value]
            if changed:
                for name in changed:
                    setattr(row, name, said[name])
                row.save(update_fields=changed)
                row.record("facts_changed", by=by, fields=changed)
        self._become(row)

    def require_two_step(self, is_required, *, by):
        """Ask all its members for two-step verification, or no longer (product 2.6); twice changes nothing.

        Who has none is led to set it up at their next click. Raises MoveRefused unless `by` has it, NotPermitted.
        """
        from accounts.two_step import has_two_step  # it asks who is a member

        with self.held(by=by, permission="manage_organization") as (row, by):
            if is_required and not has_two_step(by.person):
                raise MoveRefused(_("Set up two-step verification for yourself first."))
            if row.requires_two_step != is_required:
                row.requires_two_step = is_required
                row.save(update_fields=["requires_two_step"])
                row.record("two_step_required" if is_required else "two_step_not_required", by=by)
        self._become(row)

    @contextmanager
    def held(self, *, by, permission):
        """This row, locked, for a change that `by` makes to it, its members or its roles: one at a time.

        `by` is read afresh: who was removed or lowered meanwhile may no longer. Yields (row, fresh member); raises
        NotPermitted. The system passes.
        """
        with transaction.atomic():
            row = self.locked()
            if isinstance(by, Actor):
                yield row, by
                return
            fresh = by.fresh()
            if fresh is None or fresh.organization_id != row.pk or not fresh.may(permission):
                raise NotPermitted(permission)
            yield row, fresh

    def _unused_slug(self):
        """From its name, with a number where another has it."""
        start = slugify(self.name)[:60] or "practice"
        taken = set(Organization.objects.filter(slug__startswith=start).values_list("slug", flat=True))
        tries = (start if number == 1 else f"{start}-{number}" for number in range(1, len(taken) + 2))
        return next(slug for slug in tries if slug not in taken)

    @property
    def zone(self):
        return ZoneInfo(self.time_zone)

    @property
    def works(self):
        return self.standing == Standing.APPROVED

    @property
    def is_provider(self):
        return self.kind == Kind.PROVIDER

    @property
    def is_household(self):
        return self.kind == Kind.HOUSEHOLD

    @property
    def public_name(self):
        """What may stand in an email, or where nobody has shown yet who they are: a household's name is a patient's."""
        return settings.SITE_NAME if self.is_household else self.name

    @property
    def place(self):
        """ "100 Main Street, Macon, GA 31201", as far as it is known."""
        last = " ".join(part for part in (self.state, self.zip_code) if part)
        return ", ".join(part for part in (self.street, self.city, last) if part)

    @property
    def standing_in_words(self):
        return _("%(name)s: %(standing)s") % {"name": self.name, "standing": self.get_standing_display()}
