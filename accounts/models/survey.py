from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from accounts.models.organization import Organization
from accounts.models.person import Person

ALL_STATES = "all"


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
    states_served = models.JSONField(default=list, blank=True, help_text='Codes of states, or ["all"].')
    # Of who will found a practice; the practice takes them over.
    service_model = models.CharField(max_length=10, choices=Organization.ServiceModel.choices, blank=True)
    ehr = models.CharField("EHR", max_length=100, blank=True)
    records_contact_name = models.CharField(max_length=160, blank=True)
    records_contact_email = models.EmailField(blank=True)
    records_contact_phone = PhoneNumberField(blank=True)
    answered_at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return f"Survey of person {self.person_id}"

    @classmethod
    def answer(cls, person, *, time_zone="", birth_date=None, **answers):
        """Keep what somebody answered, and let them go on; who has answered already changes nothing.

        `time_zone` and `birth_date` are kept with the person; the other answers are fields of the survey.
        """
        with transaction.atomic():
            row = Person.objects.select_for_update().get(pk=person.pk)
            if row.onboarded_at is None:
                cls.objects.create(person=row, **answers)
                row.time_zone, row.birth_date = time_zone or row.time_zone, birth_date or row.birth_date
                row.onboarded_at = timezone.now()
                row.save(update_fields=["time_zone", "birth_date", "onboarded_at"])
        person.onboarded_at = row.onboarded_at

    @property
    def practice(self):
        """What a practice that this person founds takes over: field of the organization to value."""
        names = (
            "service_model",
            "ehr",
            "records_contact_name",
            "records_contact_email",
            "records_contact_phone",
        )
        said = {name: getattr(self, name) for name in names}
        if not self.records_contact_name:  # left empty: it is themselves
            said["records_contact_name"] = self.person.full_name
            said["records_contact_email"] = self.records_contact_email or self.person.email
        return said
