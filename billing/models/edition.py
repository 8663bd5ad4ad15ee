from datetime import date
from functools import lru_cache

from django.db import models, transaction
from django.utils.translation import gettext as _

from billing.fees import Book, NoSchedule, read_file, version_of
from billing.models.kept import Kept, KeptQuerySet
from chartrequest.days import business_day

# What is loaded first holds for every day before there is another; its rows say themselves when they begin.
BEGINNING = date(1990, 1, 1)


class EditionQuerySet(KeptQuerySet):
    def in_force(self, on):
        """The edition of that day: the newest of those that begin on it or before. Raises NoSchedule."""
        found = self.filter(effective_on__lte=on).order_by("-effective_on", "-id").first()
        if found is None:
            raise NoSchedule(_("No fee schedules are held for that day."))
        return found

    def book_on(self, on):
        """The schedules of that day, as `fees.quote` takes them; their rows are read once a process."""
        found = self.filter(effective_on__lte=on).order_by("-effective_on", "-id")
        version = found.values_list("version", flat=True).first()
        if version is None:
            raise NoSchedule(_("No fee schedules are held for that day."))
        return book_of(version)


class Edition(Kept):
    """All fee schedules as they stand from a day on (product 7.2). Never changed: quotes keep its version.

    `rows` are plain rows as data/fee_schedules.toml has them (amounts are text), `readings` what their notes say in
    words (docs/fees.md). Of two editions for one day the later made counts.
    """

    version = models.CharField(max_length=64, unique=True, editable=False)
    effective_on = models.DateField(help_text="The first day on which these schedules price.")
    rows = models.JSONField()
    readings = models.JSONField(default=dict)
    note = models.CharField(max_length=500, help_text="What changed, and by which law.")
    changed_codes = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        "accounts.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-effective_on", "-id"]
        verbose_name = "edition of the fee schedules"
        verbose_name_plural = "editions of the fee schedules"
        indexes = [models.Index(fields=["-effective_on", "-id"], name="edition_in_force")]

    def __str__(self):
        return f"Fee schedules from {self.effective_on:%m/%d/%Y}"

    @classmethod
    def from_file(cls, path, *, effective_on=None, note="", by=None):
        """The edition of a file, made now unless one says the same already; (edition, is_new). Raises BadSchedule.

        Without a day it begins today, the very first one at the BEGINNING.
        """
        rows, readings = read_file(path)
        return cls._make(
            rows, readings, effective_on=effective_on, note=note or _("Loaded from a file."), by=by
        )

    def revised(self, row, *, effective_on, note, by):
        """A new edition, with `row` in place of the one of its code; (edition, is_new). Raises BadSchedule."""
        rows = self._with(row)
        return self._make(rows, self.readings, effective_on=effective_on, note=note, by=by)

    def would_be(self, row):
        """The Book with `row` in place of the one of its code, kept nowhere. Raises BadSchedule."""
        return Book.of(self._with(row), "", self.readings)

    def _with(self, row):
        return [row if one["code"] == row["code"] else one for one in self.rows]

    @classmethod
    def _make(cls, rows, readings, *, effective_on, note, by):
        version = version_of(rows, readings)
        Book.of(rows, version, readings)
        with transaction.atomic():
            before = cls.objects.order_by("-effective_on", "-id").first()
            known = {row["code"]: row for row in before.rows} if before else {}
            made, is_new = cls.objects.get_or_create(
                version=version,
                defaults={
                    "effective_on": effective_on or (business_day() if before else BEGINNING),
                    "rows": rows,
                    "readings": readings,
                    "note": note,
                    "made_by": by,
                    "changed_codes": [row["code"] for row in rows if known.get(row["code"]) != row]
                    if before
                    else [],
                },
            )
        return made, is_new

    @property
    def book(self):
        return book_of(self.version)

    def row(self, code):
        """The plain row of a code, or None."""
        return next((row for row in self.rows if row["code"] == code), None)


@lru_cache(maxsize=32)
def book_of(version):
    """The Book of an edition by its version, which stands for its content for ever. Raises NoSchedule."""
    edition = Edition.objects.filter(version=version).first()
    if edition is None:
        raise NoSchedule(_("The fee schedules of that version are not held here."))
    return Book.of(edition.rows, edition.version, edition.readings)
