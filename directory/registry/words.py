"""What a custodian is found by, as plain words: the same for what is kept and for what is typed."""

import re
import unicodedata

_APART = re.compile(r"[^a-z0-9]+")
_DROPPED = str.maketrans("", "", "'’.`")
# Said at the end of nearly every company's name, and typed by nobody.
_FORMS = {"llc", "inc", "pc", "pa", "pllc", "plc", "ltd", "corp", "co", "llp", "lp", "psc", "sc"}
_FORMS |= {"md", "do", "dds", "dmd"}  # and after a physician's
LONGEST = 700


def split(text):
    """The words of a text: lower case, without accents; "St. Mary's" and "st marys" are the same two."""
    plain = unicodedata.normalize("NFKD", text.lower().translate(_DROPPED))
    return [word for word in _APART.split(plain.encode("ascii", "ignore").decode()) if word]


def asked(text):
    """The words somebody typed that say something, each once; at most eight."""
    typed = list(dict.fromkeys(split(text)))
    telling = [word for word in typed if word not in _FORMS] or typed
    return telling[:8]


def words_of(entry):
    """The words of an entry's names and place, and its state as "in_ga", which no name holds."""
    names = f"{entry['name']} {entry['other_name']}"
    there = [word for word in split(names) if word not in _FORMS]
    there += [*split(entry["city"]), entry["zip_code"][:5], f"in_{entry['state'].lower()}"]
    return " ".join(dict.fromkeys(word for word in there if word))[-LONGEST:]
