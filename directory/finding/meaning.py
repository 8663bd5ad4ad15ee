"""What stands for the same in names as they are written and as they are typed: "St" and "Saint", "Bob" and "Robert"."""

from localflavor.us.us_states import USPS_CHOICES

from directory.finding.words import PASSED_OVER, split, state_mark

# Either is met in names, and either is typed.
_ONE = """
    st saint, ste sainte, mt mount, ft fort, orthopedic orthopaedic ortho, orthopedics orthopaedics ortho,
    pediatric paediatric peds, pediatrics paediatrics peds, gynecology gynaecology, anesthesia anaesthesia,
    hospital hosp, center centre ctr, medical med, memorial mem, university univ, associates assoc, group grp,
    services svcs, institute inst, department dept, regional reg, community comm, rehabilitation rehab,
    physicians phys, surgical surg, radiology rad, specialists spec, therapy ther, psychiatric psych, health hlth
"""
# A short name is typed; the registry has the one of the license.
_SHORT = """
    abby abigail, alex alexander, andy andrew, barb barbara, ben benjamin, beth elizabeth, bill william, bob
    robert, cathy catherine, chris christopher, chuck charles, dan daniel, dave david, debbie deborah, dick
    richard, don donald, ed edward, fred frederick, greg gregory, jack john, jeff jeffrey, jen jennifer, jim
    james, joe joseph, kate katherine, kathy katherine, ken kenneth, kim kimberly, larry lawrence, liz
    elizabeth, matt matthew, mike michael, nick nicholas, pam pamela, pat patricia, peggy margaret, pete peter,
    phil philip, ray raymond, rick richard, rob robert, ron ronald, sam samuel, steve steven, sue susan, ted
    edward, terri teresa, tim timothy, tom thomas, tony anthony, will william
"""


def _groups(text):
    return [group.split() for group in text.split(",")]


_ALSO = {word: [other for other in group if other != word] for group in _groups(_ONE) for word in group}
_ALSO |= {short: [full] for short, full in _groups(_SHORT)}
_STATES = {code.lower(): state_mark(code) for code, _ in USPS_CHOICES}
_STATES |= {
    " ".join(word for word in split(str(name)) if word not in PASSED_OVER): state_mark(code)
    for code, name in USPS_CHOICES
}


def also(typed):
    """For each of the words that were typed what else it stands for: words, and beside another word a state's mark."""
    found = [list(_ALSO.get(word, [])) for word in typed]
    for start in range(len(typed)):
        for end in (start + 1, start + 2):
            state = _STATES.get(" ".join(typed[start:end]))
            if state and end <= len(typed) and end - start < len(typed):
                for at in range(start, end):
                    found[at].append(state)
    return found
