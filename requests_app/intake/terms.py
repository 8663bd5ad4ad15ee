"""What is told of a custodian where one is chosen, beside its name and its place."""

from django.db.models import Prefetch, prefetch_related_objects

from directory.models import Service
from requests_app import usual


def tell_terms(custodians):
    """Give each its `offered` services and its `usual_days` (None without a history): three queries for all of them."""
    offered = Service.objects.filter(is_offered=True)
    prefetch_related_objects(custodians, Prefetch("services", offered, to_attr="offered"))
    days = usual.days_of(custodians)
    for one in custodians:
        one.usual_days = days.get(one.pk)
