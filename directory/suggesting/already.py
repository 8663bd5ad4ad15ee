"""Whether a provider that somebody suggests is listed already, or waits for ops."""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode, urlsplit

from directory.finding.find import rows_of
from directory.finding.words import name_key, state_mark
from directory.models import Custodian, Suggestion

SHOWN = 5


@dataclass(frozen=True)
class Already:
    """What was found: custodians, or a suggestion that waits. `by_npi`: they are the same beyond doubt."""

    custodians: tuple = ()
    waiting: Suggestion | None = None
    by_npi: bool = False

    @property
    def query(self):
        """The search that lists the custodians."""
        first = self.custodians[0]
        return urlencode({"npi": first.npi} if first.npi else {"name": first.name, "state": first.state})


def there_already(*, name, state, npi=""):
    """An Already, or None: by the same NPI, else by the same name in the same state."""
    if npi and (same := tuple(Custodian.objects.of_npi(npi)[:SHOWN])):
        return Already(same, by_npi=True)
    if npi and (waiting := Suggestion.objects.waiting().filter(npi=npi).first()):
        return Already(waiting=waiting, by_npi=True)
    if named := tuple(named_alike(name, state)):
        return Already(named)
    waiting = Suggestion.objects.alike(name=name, state=state)
    return waiting and Already(waiting=waiting)


def named_alike(name, state):
    """Listed custodians of the same name in the same state, those that answer first; at most five."""
    key = name_key(name)
    if not key:
        return []
    terms = [*((word,) for word in key.split()), (state_mark(state),)]
    found = rows_of(Custodian, terms, "merged_into_id is null")
    alike = [one for one in found if name_key(one.name) == key]
    return sorted(alike, key=lambda one: (not one.can_be_asked, one.pk))[:SHOWN]


def listed_at(address, query):
    """The page somebody came from, searching for `query` there; what else its address said stays."""
    at = urlsplit(address)
    kept = {name: said for name, said in parse_qs(at.query).items() if name == "edit"}
    return f"{at.path}?{'&'.join(part for part in (query, urlencode(kept, doseq=True)) if part)}"
