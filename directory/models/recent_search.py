from django.db import models, transaction
from django.utils.translation import gettext as _
from localflavor.us.us_states import STATE_CHOICES

KEPT = 8
_STATES = dict(STATE_CHOICES)


class RecentSearch(models.Model):
    """What a person looked for when they chose a custodian, to look for it again (product 3.2)."""

    person = models.ForeignKey("accounts.Person", on_delete=models.CASCADE, related_name="recent_searches")
    asked = models.JSONField(help_text="The fields of the search that were filled in.")
    searched_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-searched_at", "-id"]

    def __str__(self):
        """ "lakeside, Georgia"."""
        said = dict(self.asked)
        said["state"] = str(_STATES.get(said.get("state"), ""))
        said["nearby"] = _("nearby") if said.get("nearby") else ""
        order = ("name", "npi", "specialty", "city", "zip_code", "state", "nearby")
        return ", ".join(said[name] for name in order if said.get(name))

    @classmethod
    def note(cls, person, asked):
        """Keep a search as the newest of the person; the eight last ones are kept, each once."""
        if not asked:
            return
        with transaction.atomic():
            mine = list(cls.objects.filter(person=person))
            same = next((one for one in mine if one.asked == asked), None)
            (same or cls(person=person, asked=asked)).save()
            others = [one.pk for one in mine if one != same]
            cls.objects.filter(pk__in=others[KEPT - 1 :]).delete()
