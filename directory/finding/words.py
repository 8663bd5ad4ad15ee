"""What a custodian is found by, as plain words: the same for what is kept and for what is typed."""

import re
import unicodedata

_APART = re.compile(r"[^a-z0-9]+")
_DROPPED = str.maketrans("", "", "'’.`")
# Said at the end of nearly every company's name, and typed by nobody.
FORMS = {"llc", "inc", "pc", "pa", "pllc", "plc", "ltd", "corp", "co", "llp", "lp", "psc", "sc"}
FORMS |= {"md", "do", "dds", "dmd"}  # and after a physician's
# Typed between the words of a name, where the name may have "&" or nothing.
PASSED_OVER = {"and", "at", "by", "doctor", "dr", "for", "from", "in", "near", "of", "on", "the", "to"}
LONGEST = 900


def split(text):
    """The words of a text: lower case, without accents; "St. Mary's" and "st marys" are the same two."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_DROPPED))
    return [word for word in _APART.split(plain.encode("ascii", "ignore").decode()) if word]


def asked(text):
    """The words that somebody typed and that tell something, each once; at most eight."""
    typed = list(dict.fromkeys(split(text)))
    return (telling(typed) or typed)[:8]


def telling(words):
    """Those of the words that tell one name from another."""
    return [word for word in words if word not in FORMS and word not in PASSED_OVER]


def words_of(*, name, other_name="", city="", state="", zip_code="", taxonomies="", **_others):
    """What an entry or a custodian is found by: names, place, ZIP code, and marks that no name holds.

    The marks are its state ("in_ga") and the codes of its specialties ("is_207q00000x"). Facts that nobody is
    found by may be given too.
    """
    there = [word for word in split(f"{name} {other_name}") if word not in FORMS]
    there += [*split(city), zip_code[:5], state_mark(state), *map(specialty_mark, taxonomies.split())]
    return " ".join(dict.fromkeys(word for word in there if word))[:LONGEST]


def state_mark(state):
    return f"in_{state.lower()}"


def specialty_mark(code):
    return f"is_{code.lower()}"


def name_key(name):
    """A name as it is compared: "St. Mary's Clinic, LLC" and "st marys clinic" are one. "" for no Latin letters."""
    words = split(name)
    return " ".join([word for word in words if word not in FORMS] or words)[:200]
