"""What somebody asks for: the words they typed, and what they chose beside them."""

from dataclasses import dataclass
from functools import cached_property

from directory.finding import spelling
from directory.finding.words import asked, specialty_mark, split, state_mark
from directory.models import Specialty

_MOST_CODES = 60


@dataclass
class Search:
    """All of it may be left out; then nothing is asked for (`is_empty`)."""

    name: str = ""
    state: str = ""
    city: str = ""
    zip_code: str = ""
    specialty: str = ""
    npi: str = ""
    near: tuple | None = None  # (latitude, longitude) to look around

    @cached_property
    def words(self):
        return asked(self.name)

    @property
    def is_empty(self):
        return not (self.words or self.city or self.zip_code or self.specialty or self.npi)

    @cached_property
    def city_terms(self):
        return spelling.alternatives(split(self.city), is_open=False)

    def is_in_city(self, facts):
        """The index knows a name "Macon" from no city "Macon"; this does."""
        there = split(facts.city)
        return all(any(_fits(word, there) for word in term) for term in self.city_terms)

    def terms(self):
        """What the index is asked (see `index`); the last word that was typed may be only begun."""
        terms = spelling.alternatives(self.words, is_open=not self.name.endswith(" "))
        if self.state:
            terms.append((state_mark(self.state),))
        if self.zip_code:
            terms.append((self.zip_code[:5],) if len(self.zip_code) >= 5 else (f"{self.zip_code}*",))
        terms += self.city_terms
        if self.specialty:
            terms.append(_codes(self.specialty))
        return terms


def _fits(word, there):
    return any(one.startswith(word[:-1]) for one in there) if word[-1] == "*" else word in there


def _codes(text):
    """The marks of the specialties whose name or code holds the text; one that nobody has where there is none."""
    typed, named = split(text) or ["none"], Specialty.objects.all()
    for word in typed:
        named = named.filter(name__icontains=word)
    codes = list(named.values_list("code", flat=True)[:_MOST_CODES])
    return tuple(map(specialty_mark, codes or typed[:1]))
