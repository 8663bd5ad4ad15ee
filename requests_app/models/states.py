from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The states of a request's life (product 1)."""

    DRAFT = "draft", _("Draft")
    PENDING = "pending", _("Pending")
    INCOMPLETE = "incomplete", _("Incomplete")
    QA = "qa", _("QA")
    PRICED = "priced", _("Priced")
    ORDERED = "ordered", _("Ordered")
    COMPLETED = "completed", _("Completed")
    CANCELED = "canceled", _("Canceled")
    ABANDONED = "abandoned", _("Abandoned")


# Somebody still has to do something.
OPEN = (State.PENDING, State.INCOMPLETE, State.QA, State.PRICED, State.ORDERED)
# The custodian has to do something.
WITH_CUSTODIAN = (State.PENDING, State.QA)
