"""Whether a provider that somebody suggests is listed already, or waits for ops."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from directory.finding.find import rows_of
from directory.finding.words import name_key, state_mark
from directory.models import Custodian, RegistryEntry, Suggestion

SHOWN = 5


@dataclass(frozen=True)
class Already:
    """What was found: custodians, entries of the registry that none of them stands for, or a suggestion that waits.

    `by_npi`: they are the same beyond doubt.
    """

    custodians: tuple = ()
    entries: tuple = ()
    waiting: Suggestion | None = None
    by_npi: bool = False

    @property
    def listed(self):
        return (*self.custodians, *self.entries)

    @property
    def query(self):
        """The search that lists them."""
        first, *others = self.listed
        alone = first.npi and not others
        return urlencode({"npi": first.npi} if alone else {"name": first.name, "state": first.state})


def there_already(*, name, state, npi=""):
    """An Already, or None: by the same NPI, else by the same name in the same state.

    Whoever gives an NPI that is another one's is not shown the registry's entries of that name.
    """
    if npi and (same := tuple(Custodian.objects.of_npi(npi)[:SHOWN])):
        return Already(same, by_npi=True)
    if npi and (waiting := Suggestion.objects.waiting().filter(npi=npi).first()):
        return Already(waiting=waiting, by_npi=True)
    named, entries = tuple(named_alike(name, state)), () if npi else tuple(entries_alike(name, state))
    if named or entries:
        return Already(named, entries)
    waiting = Suggestion.objects.alike(name=name, state=state)
    return waiting and Already(waiting=waiting)


def named_alike(name, state):
    """Listed custodians of the same name in the same state, those that answer first; at most five."""
    alike = _alike(Custodian, name, state, "merged_into_id is null")
    return sorted(alike, key=lambda one: (not one.can_be_asked, one.pk))[:SHOWN]


def entries_alike(name, state):
    """Entries of the registry of the same name in the same state that no custodian stands for; at most five."""
    alike = _alike(RegistryEntry, name, state, "deactivated_on is null")[: 2 * SHOWN]
    return [one for one in alike if not Custodian.objects.of_npi(one.npi).exists()][:SHOWN]


def _alike(model, name, state, besides):
    key = name_key(name)
    if not key:
        return []
    terms = [*((word,) for word in key.split()), (state_mark(state),)]
    return [one for one in rows_of(model, terms, besides) if name_key(one.name) == key]


def listed_at(address, query):
    """The page somebody came from, searching for `query` there; what else its address said stays."""
    at = urlsplit(address)
    kept = {name: said for name, said in parse_qs(at.query).items() if name == "edit"}
    return f"{at.path}?{'&'.join(part for part in (query, urlencode(kept, doseq=True)) if part)}"
