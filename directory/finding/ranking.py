"""Which of what was found a person would call right: the network first, then how well it fits, then how near it is."""

from dataclasses import dataclass

from directory.finding import places
from directory.finding.words import FORMS, split


@dataclass(frozen=True)
class Found:
    """One result: a Custodian of ours or, where there is none, an entry of the registry. `miles` where known."""

    custodian: object = None
    entry: object = None
    in_network: bool = False
    miles: float | None = None

    @property
    def facts(self):
        """Whichever it is: both have name, street, city, state, zip_code, phone and fax."""
        return self.custodian or self.entry

    @property
    def point(self):
        return places.where(self.facts.zip_code)


def ranked(found, search):
    """The results in order."""
    return sorted((_with_miles(one, search.near) for one in found), key=lambda one: _key(one, search.words))


def _with_miles(one, near):
    if near is None or one.point is None:
        return one
    return Found(one.custodian, one.entry, one.in_network, places.miles(near, one.point))


def _key(one, typed):
    names = [
        word
        for word in split(f"{one.facts.name} {getattr(one.facts, 'other_name', '')}")
        if word not in FORMS
    ]
    exact = sum(word in names for word in typed)
    begun = sum(any(name.startswith(word) for name in names) for word in typed)
    in_order = names[: len(typed)] == typed
    beyond = max(0, len(split(one.facts.name)) - len(typed))
    far = one.miles if one.miles is not None else 10_000
    return (
        not one.in_network,
        -exact,
        -begun,
        not in_order,
        beyond,
        round(far),
        one.facts.name,
        one.facts.pk,
    )
