"""What may stand beside the page charges: own cost, post, certification, rush."""

from decimal import Decimal

from django.utils.translation import gettext as _

from billing.fees.lines import NOTHING, Line

UNUSED = "The law sets the figures here: the custodian’s own cost is not used."


def own_cost(schedule, facts, charged):
    """Copying at the custodian's own cost where the law names no figure: (lines, notes, open).

    Where the law has a ceiling (ME and NH electronic), the line shows the most it may be until a cost is
    stated.
    """
    if not schedule.leaves_it_open:
        return [], [UNUSED] if facts.own_cost is not None else [], []
    cost, cap = facts.own_cost, schedule.max_total
    label = _("Copying, at the custodian’s own reasonable cost")
    if cost is not None:
        return [Line("own_cost", label, 1, cost, cost, schedule.citation)], [], []
    if cap is not None:
        room = max(NOTHING, cap - charged)
        label = _("Copying, at the custodian’s own cost: at most %(cap)s") % {"cap": f"${cap}"}
        line = Line("own_cost", label, 1, None, room, schedule.citation, ceiling=cap, is_open=True)
        said = _("The price is the custodian’s own cost, at most %(cap)s: the custodian must state it.")
        return [line], [], [said % {"cap": f"${cap}"}]
    line = Line("own_cost", label, 1, None, NOTHING, schedule.citation, is_open=True)
    said = _("The law names no figure: the custodian’s own reasonable cost must be stated and agreed.")
    return [line], [], [said]


def postage(schedule, facts):
    """(lines, notes, open): actual postage where the law grants it; "none" means not granted, or included."""
    if not facts.mailed or schedule.handling_pct:
        return [], [], []
    if schedule.postage == "none":
        return [], ["Postage is included or not granted: none is charged."], []
    if facts.postage is None:
        line = Line("postage", _("Postage, as paid"), 1, None, NOTHING, schedule.citation, is_open=True)
        return [line], [], [_("Postage is added as paid, once it is known.")]
    line = Line("postage", _("Postage, as paid"), 1, facts.postage, facts.postage, schedule.citation)
    return [line], [], []


def handling(schedule, facts, charged):
    """Miss. Code 11-1-52: 10 percent of the copy charges in place of postage, when it is mailed."""
    if not (facts.mailed and schedule.handling_pct):
        return []
    exact = charged * schedule.handling_pct / Decimal(100)
    label = _("Postage and handling, %(percent)s%% of the copy charges") % {"percent": schedule.handling_pct}
    return [Line("handling", label, 1, None, exact, schedule.citation)]


def signatures(schedule, facts):
    """Certification, affidavit, notary and rush, where the row has them: (lines, notes).

    Kinds that one fee covers (`one_fee_for`: TN certification or notary, OK certification or affidavit) are
    charged once.
    """
    asked = {
        "certification": (facts.certified, schedule.certification_fee, _("Certification")),
        "affidavit": (facts.affidavit, schedule.affidavit_fee, _("Affidavit")),
        "notary": (facts.notary, schedule.notary_fee, _("Notary")),
        "rush": (facts.rush, schedule.rush_fee, _("Rush")),
    }
    lines, notes, shared = [], [], False
    for code, (wanted, fee, label) in asked.items():
        if not wanted:
            continue
        if fee is None:
            notes.append(f"This schedule grants no fee for: {label.lower()}.")
        elif code in schedule.one_fee_for and shared:
            notes.append(f"One fee covers {' and '.join(schedule.one_fee_for)}.")
        else:
            lines.append(Line(code, label, 1, fee, fee, schedule.citation))
            shared = shared or code in schedule.one_fee_for
    return lines, notes
