"""Names that the registry prints in capitals, as people write them."""

import re

_WORD = re.compile(r"[^\W\d_][^\W\d_'’]*(?:['’][^\W\d_]+)*")
_SMALL = {"OF", "THE", "AND", "AT", "FOR", "IN", "ON", "BY", "TO"}
_CAPITALS = {
    *(
        "LLC",
        "LLP",
        "PLLC",
        "PLC",
        "PA",
        "PC",
        "LP",
        "USA",
        "US",
        "UNC",
        "UCLA",
        "HCA",
        "ENT",
        "OB",
        "GYN",
        "ER",
    ),
    *(
        "EMS",
        "II",
        "III",
        "IV",
        "VA",
        "DO",
        "MD",
        "MRI",
        "CT",
        "ICU",
        "NE",
        "NW",
        "SE",
        "SW",
        "PO",
        "APRN",
        "RN",
    ),
    *(
        "NP",
        "DDS",
        "DMD",
        "OD",
        "PHD",
        "LCSW",
        "MSW",
        "DPM",
        "DC",
        "PT",
        "OT",
        "LPC",
        "LMFT",
        "CRNA",
        "FNP",
        "BCBA",
    ),
}
_NO_VOWEL = re.compile(r"[^AEIOUY]{2,4}$")
# Short for a word, though it has no vowel.
_SHORTENED = {
    "ST",
    "DR",
    "MT",
    "FT",
    "RD",
    "LN",
    "BLVD",
    "JR",
    "SR",
    "PKWY",
    "HWY",
    "CTR",
    "MR",
    "MRS",
    "LTD",
}


def written(text):
    """ "MERCY HOSPITAL OF ST. MARY'S, LLC" as "Mercy Hospital of St. Mary's, LLC"; mixed case stays as it is."""
    if text != text.upper():
        return text
    return _WORD.sub(lambda found: _word(found[0], is_first=found.start() == 0), text)


def _word(word, *, is_first):
    if word in _SMALL and not is_first:
        return word.lower()
    if word in _CAPITALS or (word not in _SHORTENED and _NO_VOWEL.match(word)):
        return word
    for start in ("MC", "O'", "D'"):
        if word.startswith(start) and len(word) > len(start) + 2:
            return start.capitalize() + word[len(start) :].capitalize()
    return word.capitalize()
