"""File names as people gave them: kept to be shown, never used to decide or to open anything."""

import re
import unicodedata

LONGEST = 255


def cleaned(name):
    """A name without path, control, line-breaking or text-direction characters, at most 255 long."""
    name = unicodedata.normalize("NFC", str(name or ""))
    name = "".join(c for c in name if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    name = re.split(r"[/\\]", name)[-1].strip(" .")
    stem, dot, ending = name.rpartition(".")
    if len(name) > LONGEST and dot and 0 < len(ending) <= 10:
        name = stem[: LONGEST - len(ending) - 1] + "." + ending
    return name[:LONGEST] or "file"


def ending(name):
    """`pdf` for "Scan.PDF"; empty where there is none."""
    stem, dot, last = cleaned(name).rpartition(".")
    return last.lower() if stem and dot and len(last) <= 10 else ""
