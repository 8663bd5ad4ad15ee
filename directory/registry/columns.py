"""The registry's columns, found by their names: in any order, with more beside them, with a spreadsheet's own."""

from directory.registry import BadFile

_PLACE = "Provider Business Practice Location Address"
_CODE, _PRIMARY = "Healthcare Provider Taxonomy Code_{}", "Healthcare Provider Primary Taxonomy Switch_{}"

NEEDED = {
    "npi": "NPI",
    "kind": "Entity Type Code",
    "organization": "Provider Organization Name (Legal Business Name)",
    "last": "Provider Last Name (Legal Name)",
    "first": "Provider First Name",
    "street": "Provider First Line Business Practice Location Address",
    "city": f"{_PLACE} City Name",
    "state": f"{_PLACE} State Name",
    "zip_code": f"{_PLACE} Postal Code",
}
WELCOME = {
    "middle": "Provider Middle Name",
    "suffix": "Provider Name Suffix Text",
    "credential": "Provider Credential Text",
    "other_name": "Provider Other Organization Name",
    "street_2": "Provider Second Line Business Practice Location Address",
    "country": f"{_PLACE} Country Code (If outside U.S.)",
    "phone": f"{_PLACE} Telephone Number",
    "fax": f"{_PLACE} Fax Number",
    "updated_on": "Last Update Date",
    "deactivated_on": "NPI Deactivation Date",
    "reactivated_on": "NPI Reactivation Date",
    **{f"code_{n}": _CODE.format(n) for n in range(1, 16)},
    **{f"primary_{n}": _PRIMARY.format(n) for n in range(1, 16)},
}
DEACTIVATIONS = {"npi": ("NPI",), "deactivated_on": ("NPPES Deactivation Date", "NPI Deactivation Date")}


class Columns:
    """Where each fact stands in a row: `columns.of(row)` is `{fact: text}`. Raises BadFile."""

    def __init__(self, header):
        names = {name.strip().lower(): at for at, name in enumerate(header)}
        missing = [name for name in NEEDED.values() if name.lower() not in names]
        if missing:
            raise BadFile(_what_is_missing(header, missing))
        there = {
            fact: names[name.lower()] for fact, name in (NEEDED | WELCOME).items() if name.lower() in names
        }
        self.facts, self.places = tuple(there), tuple(there.values())
        self.count = len(header)

    def of(self, row):
        return dict(zip(self.facts, [row[at] for at in self.places], strict=True))


def _what_is_missing(header, missing):
    if len(header) == 1:
        return (
            "This isn't the registry's file: its first line has one column. "
            "Was it saved with another separator? Take the file as it was published, or its zip."
        )
    named = ", ".join(f"“{name}”" for name in missing[:3]) + (", …" if len(missing) > 3 else "")
    return f"This isn't the registry's file: its first line lacks {named}. Take the file as it was published."
