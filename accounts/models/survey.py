from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.person import Person


class Survey(models.Model):
    """What somebody answers once, before anything else opens (product 2.4)."""

    class Volume(models.TextChoices):
        FEW = "1-10", _("1 to 10")
        SOME = "11-50", _("11 to 50")
        MANY = "51-200", _("51 to 200")
        MOST = "200+", _("More than 200")

    class Heard(models.TextChoices):
        COLLEAGUE = "colleague", _("A colleague or friend")
        PROVIDER = "provider", _("A doctor's office or hospital")
        SEARCH = "search", _("A search on the web")
        EVENT = "event", _("A conference or an article")
        OTHER = "other", _("Something else")

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="survey")
    job = models.CharField(max_length=100, blank=True, help_text="Their role, in their own words.")
    requests_a_month = models.CharField(max_length=10, choices=Volume.choices, blank=True)
    heard_from = models.CharField(max_length=20, choices=Heard.choices, blank=True)
    states_served = models.JSONField(default=list, blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Survey of person {self.person_id}"
