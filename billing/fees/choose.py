"""Which rule of law prices a case: the most specific row that is in force on the day.

Sources: product 7.1, 7.3; the rows' own notes; Ciox Health v. Azar, 435 F. Supp. 3d 30 (the patient rate does
not reach third parties).
"""

from billing.fees.refusals import BadFacts, KindNeeded, NoSchedule

# a class that a state's tables don't name is a third party like an insurer (a comp carrier is one)
LIKE_AN_INSURER = {"workers_comp", "other", "government"}
FEDERAL = {"provider": "us-provider-continuity", "ssa_disability": "us-ssa-dds"}
FEDERAL_PATIENT = {"electronic": "us-hipaa-patient-flat"}


def choose(book, case, on):
    """The Schedule of this case on this day.

    Provider to provider is free everywhere (product 7.3). Else the state's row: requestor before custodian
    kind before medium. Where the state has none for the class or medium, the federal row, which leaves the
    price open; for a patient the rate of 45 CFR 164.524(c)(4) (`patient.price_for_patient` weighs it against
    the state's row). Raises BadFacts (unknown state), NoSchedule (none held for so early a day), KindNeeded.
    """
    if case.state not in book.states:
        raise BadFacts("The state must be the two letters of a state, DC or US.")
    if case.requestor == "provider":
        return book.by_code(FEDERAL["provider"])
    if found := state_row(book, case, on):
        return found
    return federal_row(book, case, on)


def federal_row(book, case, on):
    if case.requestor == "patient":
        code = FEDERAL_PATIENT.get(case.medium, "us-hipaa-patient")
    else:
        code = FEDERAL.get(case.requestor, "us-third-party-directive")
    row = book.by_code(code)
    if not row.in_force(on):
        raise NoSchedule(_too_early(row.in_force_from))
    return row


def state_row(book, case, on):
    """The state's most specific row, or None where its tables don't speak of this case."""
    rows = book.of_state(case.state)
    for requestor in _as_the_tables_say(case.requestor):
        fitting = [row for row in rows if _fits(row, case, requestor)]
        if in_force := [row for row in fitting if row.in_force(on)]:
            return max(in_force, key=lambda row: _specific(row, requestor))
        if fitting:
            first = min(row.in_force_from for row in fitting)
            raise NoSchedule(_too_early(first))
        unsure = case.custodian_kind in ("any", "other")
        if unsure and any(_fits(row, case, requestor, kinds=True) for row in rows):
            raise KindNeeded("The state has separate tables for hospitals and physicians: say which this is.")
    return None


def _too_early(first):
    return f"The schedules held for this case begin on {first}: an earlier day can’t be priced."


def _as_the_tables_say(requestor):
    return (requestor, "insurer") if requestor in LIKE_AN_INSURER else (requestor,)


def _fits(row, case, requestor, kinds=False):
    """Whether the row speaks of this case; `kinds`: leaving the custodian's kind aside."""
    return (
        _speaks_of(row, requestor)
        and (case.medium in row.medium or "any" in row.medium)
        and (kinds or row.custodian_kind in ("any", case.custodian_kind))
        and case.custodian_kind not in row.not_for_custodians
    )


def _speaks_of(row, requestor):
    if requestor in row.requestors:
        return True
    # "attorney, insurer, any" is "all third parties": a patient is covered only where "any" stands alone
    return "any" in row.requestors and (requestor != "patient" or len(row.requestors) == 1)


def _specific(row, requestor):
    """Requestor first, then custodian kind, then medium; then the row that names fewer classes and media."""
    return (
        requestor in row.requestors,
        row.custodian_kind != "any",
        "any" not in row.medium,
        -len(row.requestors),
        -len(row.medium),
    )
