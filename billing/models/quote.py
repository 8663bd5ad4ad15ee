from django.db import models
from django.utils.translation import gettext_lazy as _


class Quote(models.Model):
    """A price and all its reasons, as it was told: never changed, so that it can be repeated to the cent.

    `lines` is a list of {code, label, quantity, rate, amount, citation}, amounts as decimal strings of USD;
    `facts` is what was priced (state, requestor class, pages, …), enough to price it again.
    """

    class Kind(models.TextChoices):
        ESTIMATE = "estimate", _("Estimate")
        PRICE = "price", _("Price")
        CANCELLATION = "cancellation", _("Cancellation")
        REOPENING = "reopening", _("Reopening")

    record_request = models.ForeignKey(
        "requests_app.RecordRequest", on_delete=models.PROTECT, related_name="quotes"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    lines = models.JSONField()
    facts = models.JSONField(default=dict)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    schedule_code = models.CharField(max_length=60, blank=True)
    schedules_version = models.CharField(max_length=64, blank=True)
    quoted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(total__gte=0), name="quote_not_negative"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.total}"

    @classmethod
    def keep(cls, record_request, kind, reckoned):
        """Keep a reckoned price, estimate or cancellation cost of this request, as it was told."""
        (quote,) = cls.keep_each(kind, [(record_request, reckoned)])
        return quote

    @classmethod
    def keep_each(cls, kind, reckoned):
        """The same for several requests at once: pairs of a request and its Reckoned."""
        return cls.objects.bulk_create(
            cls(
                record_request=record_request,
                kind=kind,
                lines=one.lines,
                facts=one.facts,
                total=one.total,
                schedule_code=one.schedule_code,
                schedules_version=one.schedules_version,
            )
            for record_request, one in reckoned
        )
