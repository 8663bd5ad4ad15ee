from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_fsm import FSMField
from localflavor.us.models import USStateField, USZipCodeField
from phonenumber_field.modelfields import PhoneNumberField

from accounts import telling
from accounts.models import Person
from audit.actors import Actor
from audit.models import Lifecycle, MoveRefused, verb
from audit.models.lifecycle import LifecycleQuerySet
from directory.finding.words import name_key
from directory.models.custodian import Custodian

FACTS = ("name", "npi", "street", "city", "state", "zip_code", "phone", "fax", "email")


class Standing(models.TextChoices):
    WAITING = "waiting", gettext_lazy("We are looking at it")
    ADDED = "added", gettext_lazy("Added to the directory")
    INVITED = "invited", gettext_lazy("We asked it to join")
    ALREADY_THERE = "already_there", gettext_lazy("In the directory already")
    DECLINED = "declined", gettext_lazy("Not added")


def ops_review(by, suggestion):
    """Ops whose role holds it, and the system."""
    return isinstance(by, Actor) or (isinstance(by, Person) and by.has_perm("directory.decide_suggestion"))


class SuggestionQuerySet(LifecycleQuerySet):
    def waiting(self):
        return self.filter(standing=Standing.WAITING)

    def heard_by(self, person):
        """Those a person made or waits for with somebody else, the newest first."""
        mine = self.filter(models.Q(suggested_by=person) | models.Q(followers=person))
        return mine.select_related("custodian").distinct().order_by("-suggested_at", "-id")

    def wished_by(self, person):
        """Whom a person waits for: ids of custodians, and NPIs of entries."""
        open_ones = self.heard_by(person).exclude(standing=Standing.DECLINED)
        return {wanted for row in open_ones.values_list("custodian_id", "npi") for wanted in row if wanted}

    def alike(self, *, name, state, npi=""):
        """What waits under the same NPI, or the same name in the same state; the oldest, or None."""
        same = models.Q(state=state, name_key=name_key(name)) if name_key(name) else models.Q(pk=None)
        if npi:
            same |= models.Q(npi=npi)
        return self.waiting().filter(same).order_by("id").first()


class Suggestion(Lifecycle):
    """A provider that somebody misses (product 3.5). Ops review it, and whoever waits hears back.

    With a `custodian` from the start it is one that is listed, and that they want in the network (`wish`).
    """

    state_name = "standing"  # `state` is where it is

    suggested_by = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+")
    organization = models.ForeignKey("accounts.Organization", on_delete=models.PROTECT, related_name="+")
    followers = models.ManyToManyField(
        "accounts.Person", blank=True, related_name="+", help_text="Who missed the same, and hears of it too."
    )
    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, blank=True, editable=False)
    npi = models.CharField("NPI", max_length=10, blank=True)
    street = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = USStateField()
    zip_code = USZipCodeField(blank=True)
    phone = PhoneNumberField(blank=True)
    fax = PhoneNumberField(blank=True)
    email = models.EmailField(blank=True)
    is_another = models.BooleanField(default=False, help_text="Not the one of the same name that was shown.")
    standing = FSMField(max_length=15, default=Standing.WAITING, choices=Standing.choices, protected=True)
    suggested_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    custodian = models.ForeignKey(
        Custodian, null=True, blank=True, on_delete=models.PROTECT, related_name="suggestions"
    )
    answer = models.TextField(max_length=500, blank=True, help_text="Why it was declined; they read it.")

    objects = SuggestionQuerySet.as_manager()

    class Meta:
        ordering = ["-suggested_at", "-id"]
        permissions = [("decide_suggestion", "Can decide on suggested providers")]
        indexes = [
            models.Index(
                fields=["suggested_at"], condition=models.Q(standing="waiting"), name="suggestion_waits"
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["npi"],
                condition=models.Q(standing="waiting") & ~models.Q(npi=""),
                name="npi_suggested_once",
            ),
            models.UniqueConstraint(
                fields=["state", "name_key"],
                condition=models.Q(standing="waiting", is_another=False) & ~models.Q(name_key=""),
                name="name_suggested_once",
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **options):
        self.name_key = name_key(self.name)
        super().save(*args, **options)

    @classmethod
    def make(cls, *, by, is_another=False, **facts):
        """A suggestion by a Member, which waits for ops. Raises MoveRefused where the same one waits meanwhile."""
        try:
            with transaction.atomic():
                row = cls.objects.create(
                    suggested_by=by.person, organization=by.organization, is_another=is_another, **facts
                )
                row.record("suggested", by=by, to_state=Standing.WAITING)
        except IntegrityError:
            raise MoveRefused(_("Somebody has just suggested it. Send this once more to see it.")) from None
        return row

    @classmethod
    def wish(cls, one, *, by):
        """Want `one` in the network, a listed Custodian or an entry of the registry; once, with whoever wants it too.

        Returns the row that waits. Raises MoveRefused where it can be asked already.
        """
        listed = one if isinstance(one, Custodian) else Custodian.objects.of_npi(one.npi).first()
        with transaction.atomic():
            if listed:
                # Of two who want it at once the second finds the first; and it may have been merged meanwhile.
                listed = listed.locked().current
            if listed and listed.can_be_asked:
                raise MoveRefused(_("%(name)s is in the network: it can be asked.") % {"name": listed.name})
            same = models.Q(npi=one.npi) if one.npi else models.Q(pk=None)
            same |= models.Q(custodian=listed) if listed else models.Q(pk=None)
            waiting = cls.objects.waiting().filter(same).order_by("id").first()
            if not waiting:
                facts = {name: getattr(one, name, "") for name in FACTS}
                return cls.make(by=by, is_another=True, custodian=listed, **facts)
        waiting.follow(by=by)
        return waiting

    def follow(self, *, by):
        """Hear of it too; twice is once. Raises MoveRefused where it is decided meanwhile."""
        with transaction.atomic():
            row = self.locked()
            if row.standing != Standing.WAITING:
                raise MoveRefused(_("It is decided already. Search for it once more."))
            there = Suggestion.objects.heard_by(by.person)
            if not there.filter(pk=row.pk).exists():
                row.followers.add(by.person)
                row.record("followed", by=by)

    @verb(
        field="standing", source=Standing.WAITING, target=Standing.ADDED, permission=ops_review, event="added"
    )
    def add(self, *, by, **facts):
        """List it as a new custodian, by `facts` as ops know them; returns that. Raises MoveRefused."""
        self._decided(Custodian.list_new(by=by, **facts))
        return self.custodian

    @verb(
        field="standing", source=Standing.WAITING, target=Standing.INVITED, permission=ops_review, event="invited",
    )  # fmt: skip
    def invite(self, *, by):
        """Its practice was asked to join. Raises MoveRefused for what isn't listed: that is added first."""
        if self.custodian is None:
            raise MoveRefused(_("It isn't listed yet. Add it as a custodian."))
        self._decided(self.custodian)

    @verb(
        field="standing", source=Standing.WAITING, target=Standing.ALREADY_THERE, permission=ops_review,
        event="already_there",
    )  # fmt: skip
    def link(self, *, by, custodian):
        """It is one that is listed already. Raises MoveRefused where that one was merged into another."""
        fresh = custodian.locked()
        if fresh.merged_into_id:
            raise MoveRefused(_("It was merged into another one. Choose that one."))
        self._decided(fresh)

    @verb(
        field="standing", source=Standing.WAITING, target=Standing.DECLINED, permission=ops_review,
        event="declined", tell=["answer"],
    )  # fmt: skip
    def decline(self, *, by, answer):
        """Not listed, and why; whoever waits reads it."""
        self._decided(None)
        self.answer = answer

    def after_move(self, name, *, by):
        """Everybody who waits for it is told to look. The provider isn't named: it could tell of an illness."""
        telling.tell(self.who_waits, "suggestion_decided", path=reverse("suggest"))

    @property
    def who_waits(self):
        return [self.suggested_by, *self.followers.order_by("id")]

    @property
    def facts(self):
        """What was suggested, by field."""
        return {name: getattr(self, name) for name in FACTS}

    @property
    def address(self):
        last = f"{self.state} {self.zip_code}".strip()
        return ", ".join(part for part in (self.street, self.city, last) if part)

    def _decided(self, custodian):
        self.custodian, self.decided_at = custodian, timezone.now()
