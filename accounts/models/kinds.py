from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What an organization is, and what somebody signs up as (product 2.1)."""

    HOUSEHOLD = "household", _("Patient")
    LAW_FIRM = "law_firm", _("Law firm")
    INSURER = "insurer", _("Insurance")
    GOVERNMENT = "government", _("Government")
    OTHER = "other", _("Other professional")
    PROVIDER = "provider", _("Healthcare provider")


PROFESSIONALS = [Kind.PROVIDER, Kind.LAW_FIRM, Kind.INSURER, Kind.GOVERNMENT, Kind.OTHER]
