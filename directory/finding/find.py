"""A search, answered."""

from dataclasses import replace

from directory.finding import index, places
from directory.finding.looser import looser
from directory.finding.ranking import Found, ranked
from directory.models import Custodian, LinkedEntry, RegistryEntry

MOST = 200  # results that are ranked and shown; more than anybody reads
_LOOKED_AT = 2000
_ENOUGH = 40
_RINGS = (8, 40)  # ZIP codes asked at once, the nearest first


def find(search, *, among=None):
    """The results of a Search in order, at most 200. `among`: only these ids of custodians.

    Where nothing is asked for they are the network's. Where nobody has all that was asked for, those that come
    closest are found (`Found.is_close`).
    """
    if among is not None:
        return ranked(_ours(_custodians(search.terms(), ids=among)), search)
    if search.its_npi:
        return _by_npi(search.its_npi)
    found = _all_of(search) or _closest(search)
    return ranked(found, search)[:MOST]


def _all_of(search):
    if search.near is not None:
        return _around(search)
    terms = search.terms()
    found = _found(terms, with_registry=bool(terms) and not search.is_empty)
    return [one for one in found if search.is_in_city(one.facts)]


def _closest(search):
    """Those of the first searches that ask for less and find anybody, each once."""
    for easier in looser(search):
        found = {one.facts: one for search in easier for one in _all_of(search)}
        if found:
            return [replace(one, is_close=True) for one in found.values()]
    return []


def _by_npi(npi):
    found = _ours(Custodian.objects.of_npi(npi))
    return found or [Found(entry=one) for one in RegistryEntry.objects.filter(pk=npi, deactivated_on=None)]


def _around(search):
    """Rings of ZIP codes, until there is enough; then all that begin like them, for codes nobody placed."""
    near, terms, found = places.around(search.near), search.terms(), []
    for ring in (near[: _RINGS[0]], near[: _RINGS[1]], sorted({f"{code[:3]}*" for code in near})):
        if ring:
            found = _found([*terms, tuple(ring)], with_registry=True)
        if len(found) >= _ENOUGH:
            break
    return [one for one in found if one.point and places.miles(search.near, one.point) <= places.NEAR_MILES]


def _found(terms, *, with_registry):
    """By state alone the registry would have hundreds of thousands; then only the custodians here are listed."""
    return [*_ours(_custodians(terms)), *(_entries(terms) if with_registry else [])]


def _custodians(terms, ids=None):
    if terms:
        return [
            one for one in rows_of(Custodian, terms, "merged_into_id is null") if ids is None or one.pk in ids
        ]
    listed = Custodian.objects.in_network() if ids is None else Custodian.objects.listed().filter(pk__in=ids)
    return list(listed[:MOST])


def _ours(custodians):
    asked = Custodian.objects.in_network().filter(pk__in=[one.pk for one in custodians])
    answering = set(asked.values_list("pk", flat=True))
    return [Found(custodian=one, in_network=one.pk in answering) for one in custodians]


def _entries(terms):
    """Entries that no custodian here stands for."""
    rows = rows_of(RegistryEntry, terms, "deactivated_on is null")
    npis = [one.pk for one in rows]
    ours = {*Custodian.objects.listed().filter(npi__in=npis).values_list("npi", flat=True)}
    ours |= {*LinkedEntry.objects.filter(pk__in=npis).values_list("npi", flat=True)}
    return [Found(entry=one) for one in rows if one.pk not in ours]


def rows_of(model, terms, besides):
    """Rows that have all terms: of the first 2,000 those with the fewest words, which a name that fits has."""
    table, key = model._meta.db_table, model._meta.pk.column
    holds, parameters = index.condition(model, terms)
    # Nothing of the question is in this text: it goes by `parameters`.
    statement = f"""
        select * from (select * from {table} where {holds} and {besides} limit {_LOOKED_AT}) as looked_at
        order by length(words), {key} limit {MOST}
    """  # noqa: S608
    with index.preferred():
        return list(model.objects.raw(statement, parameters))
