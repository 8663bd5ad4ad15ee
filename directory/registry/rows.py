"""A row of the registry's file as an entry. What a spreadsheet did to it is mended where nothing was lost."""

import re
from datetime import date, timedelta

from localflavor.us.us_states import USPS_CHOICES
from stdnum import luhn

from directory.finding.words import words_of
from directory.registry import BadRow
from directory.registry.casing import written

STATES = {code for code, _ in USPS_CHOICES}
UNKNOWN = "<UNAVAIL>"  # what the registry prints where it withholds something
_FLOAT = re.compile(r"(\d+)\.0+$")
_ROUNDED = re.compile(r"\d(\.\d+)?e\+?\d+$", re.IGNORECASE)
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})$|(\d{4})-(\d{2})-(\d{2})")
# A key with the check digit of a card: the prefix that the registry's issuer number gives (45 CFR 162.406).
_ISSUER = "80840"


class Mended:
    """Whether something of the row had to be mended."""

    __slots__ = ("any",)

    def __init__(self):
        self.any = False


def npi_of(text, mended=None):
    """The ten digits of an NPI. Raises BadRow."""
    text = _number(text, mended)
    if len(text) != 10 or not text.isascii() or not text.isdigit():
        if _ROUNDED.match(text):
            raise BadRow("The NPI was rounded by a spreadsheet")
        raise BadRow("The NPI is not ten digits" if text else "No NPI")
    if not luhn.is_valid(_ISSUER + text):
        raise BadRow("The NPI's check digit is wrong")
    return text


def day_of(text):
    """MM/DD/YYYY as published, or YYYY-MM-DD as a spreadsheet writes it; None where there is none. Raises BadRow."""
    if not text:
        return None
    found = _DAY.match(text)
    try:
        month, day, year = (found[1], found[2], found[3]) if found[1] else (found[5], found[6], found[4])
        day = date(int(year), int(month), int(day))
    except (TypeError, ValueError) as fault:
        raise BadRow("A date can't be read") from fault
    if day > date.today() + timedelta(days=1):  # it would be newer than all that comes
        raise BadRow("A date lies in the future")
    return day


def entry_of(said):
    """(fields of RegistryEntry, was anything mended) of a row's facts; None for a place abroad. Raises BadRow.

    A deactivated NPI is published without its facts: its fields are `npi` and `deactivated_on` alone.
    """
    mended = Mended()
    said = {fact: "" if (text := value.strip()) == UNKNOWN else text for fact, value in said.items()}
    npi = npi_of(said["npi"], mended)
    deactivated_on, reactivated_on = (
        day_of(said.get(one, "")) for one in ("deactivated_on", "reactivated_on")
    )
    if deactivated_on and not (reactivated_on and reactivated_on >= deactivated_on):
        return {"npi": npi, "deactivated_on": deactivated_on}, mended.any
    kind = _number(said["kind"], mended)
    if kind not in ("1", "2"):
        raise BadRow("Neither a person (1) nor an organization (2)")
    if said.get("country", "US") not in ("US", ""):
        return None, False
    entry = {
        "npi": npi,
        "is_person": kind == "1",
        "name": _name(said, kind == "1"),
        "other_name": written(said.get("other_name", ""))[:200],
        "street": written(" ".join(f"{said['street']} {said.get('street_2', '')}".split()))[:200],
        "city": written(said["city"])[:100],
        "state": _state(said["state"]),
        "zip_code": _zip(said["zip_code"], mended),
        "phone": _phone(said.get("phone", ""), mended),
        "fax": _phone(said.get("fax", ""), mended),
        "taxonomies": _taxonomies(said),
        "updated_on": day_of(said.get("updated_on", "")),
        "deactivated_on": None,
    }
    entry["words"] = words_of(**entry)
    return entry, mended.any


def _name(said, is_person):
    if not is_person:
        name = written(said["organization"])
    else:
        parts = (said["first"], said.get("middle"), said["last"], said.get("suffix"))
        name = written(" ".join(part for part in parts if part))
        if name and said.get("credential"):
            name = f"{name}, {said['credential'].replace('.', '')}"
    if not name:
        raise BadRow("No name")
    return name[:200]


def _state(text):
    text = text.upper()
    if text not in STATES:
        raise BadRow("No state of the United States" if text else "No state")
    return text


def _number(text, mended):
    """Digits as they were published: "1497758544.0" is what a spreadsheet makes of them."""
    found = _FLOAT.match(text)
    if found and mended is not None:
        mended.any = True
    return found[1] if found else text


def _zip(text, mended):
    """Five digits, or "12345-6789"; the zeros a spreadsheet cut off at the front are put back."""
    digits = _number(text, mended).replace("-", "")
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        if _ROUNDED.match(digits):
            raise BadRow("The ZIP code was rounded by a spreadsheet")
        raise BadRow("The ZIP code is not five or nine digits")
    whole = 5 if len(digits) <= 5 else 9
    if len(digits) < whole:
        mended.any = True
        digits = digits.zfill(whole)
    return digits if whole == 5 else f"{digits[:5]}-{digits[5:]}"


def _phone(text, mended):
    """Ten digits, else nothing: many entries have an extension, a foreign or a made-up number here."""
    if _ROUNDED.match(text):
        raise BadRow("A phone number was rounded by a spreadsheet")
    digits = re.sub(r"\D", "", _number(text, mended))
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return digits if len(digits) == 10 and digits[0] not in "01" else ""


def _taxonomies(said):
    codes = []
    for n in range(1, 16):
        if code := said.get(f"code_{n}"):
            codes.insert(0 if said.get(f"primary_{n}") == "Y" else len(codes), code[:10])
    return " ".join(dict.fromkeys(codes))
