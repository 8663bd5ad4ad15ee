"""The whole way from a case to a price."""

from dataclasses import replace

from billing.fees.choose import choose
from billing.fees.patient import price_for_patient
from billing.fees.price import price
from billing.fees.refusals import BadFacts, KindNeeded
from chartrequest.days import business_day

LOWER = "The custodian’s kind was not given and the state has separate tables: the lower price was used."


def quote(book, case, facts):
    """The Priced of this case, on `facts.on` (today if None). Raises FeeRefused with one sentence.

    Where the state tells hospitals from physicians and the custodian's kind isn't known, both are priced and
    the lower one stands: it can't be above the law in either case.
    """
    facts = facts if facts.on else replace(facts, on=business_day())
    if case.state not in book.states:
        raise BadFacts("The state must be the two letters of a state, DC or US.")
    try:
        return _quote(book, case, facts)
    except KindNeeded:
        kinds = [replace(case, custodian_kind=kind) for kind in ("hospital", "physician")]
        offers = [_quote(book, kind, facts) for kind in kinds]
        return min(offers, key=lambda priced: (not priced.is_complete, priced.total)).noting(LOWER)


def _quote(book, case, facts):
    if case.requestor == "patient":
        return price_for_patient(book, case, facts)
    schedule = choose(book, case, facts.on)
    priced = price(schedule, facts)
    if schedule.state != case.state and not schedule.is_free:
        return priced.noting(f"The tables of {case.state} name no price for this requestor and medium.")
    return priced
