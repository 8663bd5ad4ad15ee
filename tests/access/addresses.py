"""Every address of the product, from the URL resolver, and the arguments by which one leads to an object."""

from uuid import UUID

from django.urls import get_resolver, reverse

# Ids that nobody has; the request ID's check digit is right, so it is unknown, not mistyped.
OBJECTS = {
    "member_id": "member",
    "invitation_id": "invitation",
    "join_request_id": "join_request",
    "place_id": "place",
    "form_id": "form",
    "item_id": "item",
    "walk_in_id": "walk_in",
    "physician_id": "physician",
    "dependent_id": "dependent",
}
MISSING = {"public_id": "9999999990", "batch_id": 2**40, "card_id": 2**40, "custodian_id": 2**40}
MISSING |= dict.fromkeys(OBJECTS, 2**40)


def patterns(resolver=None, prefix="", namespaces=()):
    """`(namespaces, name, route, pattern)` of each address."""
    for one in (resolver or get_resolver()).url_patterns:
        route = prefix + str(one.pattern)
        if hasattr(one, "url_patterns"):
            inner = (*namespaces, one.namespace) if one.namespace else namespaces
            yield from patterns(one, route, inner)
        else:
            yield namespaces, one.name, route, one


def names_of(route):
    """The names of the product's own pages: neither the admin's nor the sandbox's nor the sign-in library's."""
    return {
        name
        for _, name, at, _ in patterns()
        if not at.startswith(("ops/", "sandbox/", "account/")) and route(at)
    }


def arguments(name):
    return next(one.pattern.converters for _, known, _, one in patterns() if known == name)


def at(world, row, side, request=None, missing=False):
    """The address of a row, for the object of one side; `missing` names one that isn't there."""
    request = request or (getattr(side, row.of) if row.of else None)
    found = {name: _argument(name, world, side, request) for name in arguments(row.name)}
    found |= {name: said(world) for name, said in row.args.items()}
    if missing:
        first = next(name for name in MISSING if name in found)
        found[first] = MISSING[first]
        if "batch_id" in found:
            found["batch_id"] = MISSING["batch_id"]
    query = row.query(world) if callable(row.query) else row.query
    return reverse(row.name, kwargs=found) + query


def _argument(name, world, side, request):
    if name == "public_id" and request is None:
        return world.links["signed"].authorizations.first().record_request.public_id
    if name in OBJECTS:
        return getattr(side, OBJECTS[name]).pk
    return {
        "slug": lambda: side.place.organization.slug,
        "public_id": lambda: request.public_id,
        "batch_id": lambda: request.batch_id,
        "page": lambda: request.pages.first().pk,
        "delivery": lambda: request.earlier_deliveries.first().pk,
        "file": lambda: request.files.first().pk,
        "item": lambda: request.custodian_organization.checklist.first().pk,
        "number": lambda: 1,
        "invoice_id": lambda: request.invoices.get().pk,
        "refund_id": lambda: request.invoices.get().refunds.get().pk,
        "form": lambda: "payment",
        "card_id": lambda: side.card.pk,
        "custodian_id": lambda: world.lakeside.pk,
        "key": lambda: world.free_key,
        "run": lambda: UUID(int=7),
        "token": lambda: "nobody-was-given-this",
    }[name]()
