"""The specialties of a custodian in words.

The registry has codes. Their official wording is somebody's, and an installation may take it in (`import_registry
--taxonomy`); where it did not, data/specialties.csv says in plain words what a code's beginning stands for.
"""

import csv
from functools import cache

from django.conf import settings

from directory.finding import spelling
from directory.finding.words import specialty_mark, split, telling
from directory.models import RegistryEntry, Specialty

SHOWN = 2
_MOST_CODES = 60
_LONGEST = 10


def tell(rows):
    """Give each custodian or entry its specialties `in_words`, "Hospital · Cardiology": two at most of an entry."""
    codes = {code for one in rows if isinstance(one, RegistryEntry) for code in one.taxonomies.split()}
    official = dict(Specialty.objects.filter(pk__in=codes).values_list("pk", "name")) if codes else {}
    for one in rows:
        one.in_words = " · ".join(
            _of_entry(one, official) if isinstance(one, RegistryEntry) else _of_custodian(one)
        )


def _of_custodian(one):
    return [part for part in (str(one.get_kind_display()), one.specialty) if part]


def _of_entry(one, official):
    named = [official.get(code) or _plain(code) for code in one.taxonomies.split()]
    return list(dict.fromkeys(name for name in named if name))[:SHOWN]


def marks(text):
    """The marks (see `words`) of the specialties that the text means; one that nobody has where there is none."""
    typed = telling(split(text)) or ["none"]
    official = Specialty.objects.all()
    for word in typed:
        official = official.filter(name__icontains=word)
    codes = list(official.values_list("code", flat=True)[:_MOST_CODES])
    begins = _begun(typed) or _misspelled(typed)
    found = [*map(specialty_mark, codes), *(f"{specialty_mark(code)}*" for code in begins[:_MOST_CODES])]
    return tuple(found) or (specialty_mark(typed[0]),)


def is_first(entry, marked):
    """Whether the first specialty of an entry of the registry is among those of `marks`."""
    first = specialty_mark(getattr(entry, "taxonomies", "")[:_LONGEST])
    return any(first == one or (one[-1] == "*" and first.startswith(one[:-1])) for one in marked)


def is_one(word):
    """Whether a word is one of a specialty's, spelled as it is."""
    return any(word in words for _, words in _plain_ones().values())


def _plain(code):
    """What the longest beginning that is known stands for; "" where none is."""
    known = _plain_ones()
    return next((known[code[:n]][0] for n in range(_LONGEST, 2, -1) if code[:n] in known), "")


def _begun(typed):
    return [
        code
        for code, (_, words) in _plain_ones().items()
        if all(any(word.startswith(begin) for word in words) for begin in typed)
    ]


def _misspelled(typed):
    return [
        code
        for code, (_, words) in _plain_ones().items()
        if all(any(_is_near(one, word) for word in words) for one in typed)
    ]


def _is_near(one, other):
    """A short word may be a letter off, a longer one two."""
    most = 1 if len(one) < 8 else 2
    return spelling.apart(one, other, most) <= most


@cache
def _plain_ones():
    """{beginning of a code: (its words to be shown, all words that mean it)}"""
    with (settings.BASE_DIR / "data" / "specialties.csv").open(encoding="utf-8", newline="") as stream:
        return {
            row["begins"]: (row["words"], {*split(f"{row['words']} {row['also']}")})
            for row in csv.DictReader(stream)
        }
