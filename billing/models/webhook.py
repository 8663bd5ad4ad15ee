from django.db import models


class BankEvent(models.Model):
    """A webhook as it arrived: kept raw, handled once, in any order; its body is a hint (product 7.8)."""

    event_id = models.CharField(max_length=80, unique=True)
    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80, blank=True)
    payload = models.TextField()
    received_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=200, blank=True, help_text="Why a person must look at it.")

    def __str__(self):
        return f"{self.kind} {self.event_id}"
