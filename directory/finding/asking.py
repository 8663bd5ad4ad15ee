"""What somebody asks for: the words they typed, and what they chose beside them."""

from dataclasses import dataclass, field
from functools import cached_property

from stdnum import luhn

from directory.finding import meaning, specialties, spelling
from directory.finding.words import asked, split, state_mark

_ISSUER = "80840"  # what an NPI's check digit is reckoned with (45 CFR 162.406)


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
    home: tuple | None = None  # where whoever looks is: of two that fit alike the nearer comes first
    starred: frozenset = frozenset()  # favorites: ids of custodians
    is_doubtful: bool = False  # a rare word may be misspelled too, though some name has it

    looked_up: dict = field(default_factory=dict)  # shared by the searches that are made of this one

    @cached_property
    def words(self):
        return asked(self.name)

    @property
    def is_empty(self):
        return not (self.words or self.city or self.zip_code or self.specialty or self.npi)

    @cached_property
    def name_terms(self):
        """A term (see `index`) for each word; the last one that was typed may be only begun."""
        return spelling.alternatives(
            self.words,
            is_open=not self.name.endswith(" "),
            is_doubtful=self.is_doubtful,
            looked_up=self.looked_up,
        )

    @cached_property
    def meant(self):
        """For each word what a name may have instead of it, and how many letters off that is: `{"mercy": 1}`."""
        return [
            {word: 0} | {other: 0 if other in same else spelling.apart(word, other, 2) for other in others}
            for (word, *others), same in zip(self.name_terms, meaning.also(self.words), strict=True)
        ]

    @cached_property
    def specialty_marks(self):
        return specialties.marks(self.specialty) if self.specialty else ()

    @property
    def its_npi(self):
        """The NPI that is asked for, also where it was typed for a name; "" for none."""
        digits = self.name.strip()
        is_one = (
            len(digits) == 10 and digits.isascii() and digits.isdigit() and luhn.is_valid(_ISSUER + digits)
        )
        return self.npi or (digits if is_one else "")

    @cached_property
    def city_terms(self):
        return spelling.alternatives(split(self.city), is_open=False)

    def is_in_city(self, facts):
        """The index knows a name "Macon" from no city "Macon"; this does."""
        there = split(facts.city)
        return all(any(_fits(word, there) for word in term) for term in self.city_terms)

    def terms(self):
        """What the index is asked (see `index`)."""
        terms = list(self.name_terms)
        if self.state:
            terms.append((state_mark(self.state),))
        if self.zip_code:
            terms.append((self.zip_code[:5],) if len(self.zip_code) >= 5 else (f"{self.zip_code}*",))
        terms += self.city_terms
        if self.specialty:
            terms.append(self.specialty_marks)
        return terms


def _fits(word, there):
    return any(one.startswith(word[:-1]) for one in there) if word[-1] == "*" else word in there
