"""What is asked of each custodian: record types, dates, services, rush (product 5.3, step 3)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from audit.models import MoveRefused
from directory.models import Service
from requests_app.models import RecordRequest
from requests_app.reasons import RecordType

FIELDS = ["record_types", "dates", "dates_from", "dates_to", "is_rush", "is_specified"]


@dataclass(frozen=True)
class Wish:
    """One custodian's specification; `services` are service rows of that custodian."""

    record_types: list
    dates: str
    dates_from: date | None
    dates_to: date | None
    services: list
    is_rush: bool

    def for_custodian(self, custodian):
        """The same wish as far as `custodian` offers it, and the labels of what it doesn't."""
        offered = {service.kind: service for service in custodian.offered}
        kept = [offered[one.kind] for one in self.services if one.kind in offered]
        left = [str(one) for one in self.services if one.kind not in offered]
        if self.is_rush and not custodian.offers_rush:
            left.append(_("Rush"))
        wish = Wish(
            self.record_types,
            self.dates,
            self.dates_from,
            self.dates_to,
            kept,
            self.is_rush and custodian.offers_rush,
        )
        return wish.with_images(custodian), left

    def with_images(self, custodian):
        """Whoever asks for images asks for the service "Medical Images" too, where it is offered."""
        if RecordType.IMAGES not in self.record_types:
            return self
        held = {one.pk for one in self.services}
        images = [one for one in custodian.offered if one.kind == Service.Kind.IMAGES and one.pk not in held]
        return Wish(
            self.record_types,
            self.dates,
            self.dates_from,
            self.dates_to,
            [*self.services, *images],
            self.is_rush,
        )


def wish_of(record_request):
    """What a request asks for now."""
    return Wish(
        record_request.record_types,
        record_request.dates,
        record_request.dates_from,
        record_request.dates_to,
        list(record_request.services.all()),
        record_request.is_rush,
    )


def specify(record_request, wish, *, by):
    """Keep a wish; returns whether it changed anything. Raises MoveRefused if the custodian was removed."""
    said = {name: getattr(wish, name) for name in FIELDS if name != "is_specified"} | {"is_specified": True}
    services = {service.pk for service in wish.services}
    before = {name: getattr(record_request, name) for name in FIELDS}
    if before == said and services == {one.pk for one in record_request.services.all()}:
        return False
    try:
        record_request.locked()
    except RecordRequest.DoesNotExist:
        raise MoveRefused(_("%(name)s was removed meanwhile.") % {"name": record_request.custodian}) from None
    for name, value in said.items():
        setattr(record_request, name, value)
    record_request.save(update_fields=[*FIELDS, "updated_at"])
    record_request.services.set(wish.services)
    record_request.record("details_changed", by=by)
    return True
