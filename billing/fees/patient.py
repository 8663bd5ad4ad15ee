"""What a patient (or personal representative) pays: 45 CFR 164.524(c)(4), product 7.3.

Copying labor, supplies and postage, never search or retrieval. For an electronic copy the $6.50 option of
HHS's access guidance (2016) is the default, or what the state lets a patient be charged, where that is lower.
Paper and film have no flat option: the custodian states its own cost, and the state's patient rate is the
ceiling.
"""

from dataclasses import replace

from django.utils.translation import gettext as _

from billing.fees.choose import federal_row, state_row
from billing.fees.lines import NOTHING, Line, shown
from billing.fees.price import for_patient, price

BY_THE_PAGE = {"base", "pages", "page_ceiling", "copies", "floor", "ceiling"}
RULE = "45 CFR 164.524(c)(4) limits a patient’s copy to copying and postage."


def price_for_patient(book, case, facts):
    """The lowest of what federal and state law allow: Priced, with the schedule that decided."""
    row = state_row(book, case, facts.on) if case.state != "US" else None
    state = price(for_patient(row), facts) if row and not row.leaves_it_open else None
    cost = price(_cost_row(book, row), facts)
    offers = [state] if state else []
    if facts.own_cost is not None:
        offers = [cost, *offers]
    if case.medium == "electronic":
        offers = [_in_one(offer) for offer in offers]
        flat = price(federal_row(book, case, facts.on), replace(facts, own_cost=None))
        chosen = _lowest([flat, *offers])
    else:
        chosen = _paper(state, cost, offers, facts)
    return chosen.noting(RULE, *_left_out(facts), *_free_by_state(row, chosen))


def _in_one(priced):
    """The same price with its copy charges as one line: an electronic copy isn't charged by the page.

    What a state's table comes to for so many pages is the most that the flat amount may be (HHS's access guidance).
    """
    copy = [line for line in priced.lines if line.code in BY_THE_PAGE]
    if not copy:
        return priced
    exact = sum((line.exact for line in copy), NOTHING)
    label = _("Electronic copy, at the most the state allows")
    one = Line("copies", label, 1, None, exact, priced.citation)
    lines, _total = shown([one, *(line for line in priced.lines if line not in copy)])
    return replace(priced, lines=lines)


def _cost_row(book, row):
    """The state's own cost-based rule for patients where it has one (DC, VA); else the federal one."""
    if row and row.leaves_it_open and "patient" in row.requestors:
        return for_patient(row)
    return book.by_code("us-hipaa-patient")


def _paper(state, cost, offers, facts):
    if facts.own_cost is not None:
        return _lowest(offers)
    if state is None:
        return cost
    if not state.total:
        return state  # free by state law: no cost to state
    said = _("This is the most the state allows: the custodian must state its own cost, which may be lower.")
    return state.noting(open=[said])


def _lowest(offers):
    return min(offers, key=lambda priced: priced.total)


def _left_out(facts):
    if facts.certified or facts.affidavit or facts.notary or facts.rush or facts.labor_minutes:
        return ["No fee for search, certification, affidavit, notary or rush may be asked of a patient."]
    return []


def _free_by_state(row, chosen):
    """A state's free copies hold although its price isn't the one used."""
    if not row or not row.free_rules or chosen.schedule_code == row.code:
        return []
    return [f"Free copies: {row.free_rules}"]
