"""Which of what was found a person would call right: the network first, then how well it fits, then how near it is."""

from dataclasses import dataclass, replace

from directory.finding import places
from directory.finding.specialties import is_first
from directory.finding.words import split, state_mark, telling

_STRANGE = 3  # a word that is nothing like what was typed, beside the letters that a misspelled one is off


@dataclass(frozen=True)
class Found:
    """One result: a Custodian of ours or, where there is none, an entry of the registry. `miles` where known.

    `is_close`: it lacks something of what was asked for, and nothing had all of it.
    """

    custodian: object = None
    entry: object = None
    in_network: bool = False
    miles: float | None = None
    is_close: bool = False

    @property
    def facts(self):
        """Whichever it is: both have name, street, city, state, zip_code, phone and fax."""
        return self.custodian or self.entry

    @property
    def key(self):
        """What it is called in an address."""
        return f"c{self.custodian.pk}" if self.custodian else f"n{self.entry.pk}"

    @property
    def whole_miles(self):
        """None where `miles` is; from the middle of one ZIP code to that of another, so no more exact than this."""
        return None if self.miles is None else round(self.miles)

    @property
    def point(self):
        return places.where(self.facts.zip_code)


def ranked(found, search):
    """The results in order."""
    return sorted((_with_miles(one, search.near) for one in found), key=lambda one: _key(one, search))


def _with_miles(one, near):
    if near is None or one.point is None:
        return one
    return replace(one, miles=places.miles(near, one.point))


def _key(one, search):
    """The network goes first among those that have as many words as they were typed: not for what is only alike.

    Of those that fit alike favorites go first. Where no name is typed, none is too long.
    """
    typed, facts = search.words, one.facts
    names = telling(split(f"{facts.name} {getattr(facts, 'other_name', '')}"))
    there = {*names, *split(facts.city), facts.zip_code[:5], state_mark(facts.state)}
    off = [min((off for word, off in meant.items() if word in there), default=None) for meant in search.meant]
    begun = [any(name.startswith(word) for name in names) for word in typed]
    return (
        sum(letters != 0 and not begins for letters, begins in zip(off, begun, strict=True)),
        not one.in_network,
        -off.count(0),
        -sum(begun),
        not is_first(facts, search.specialty_marks),
        names[: len(typed)] != typed,
        sum(_STRANGE if letters is None else letters for letters in off),
        one.custodian is None or one.custodian.pk not in search.starred,
        max(0, len(split(facts.name)) - len(typed)) if typed else 0,
        round(_far(one, search)),
        facts.name,
        facts.pk,
    )


def _far(one, search):
    """Miles from where they look around, else from where whoever looks is at home."""
    point = search.near or search.home
    return places.miles(point, one.point) if point and one.point else 10_000
