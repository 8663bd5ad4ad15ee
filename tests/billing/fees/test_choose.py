"""Which row prices a case: requestor, then custodian kind, then medium, on the day."""

from datetime import date

import pytest

from billing.fees import BadFacts, Case, KindNeeded, NoSchedule, book, choose
from tests.billing.fees.cases import TODAY, quoted


def chosen(state, requestor, medium, kind="any", on=TODAY):
    return choose(book(), Case(state, requestor, medium, kind), on).code


def test_the_requestor_comes_before_the_medium():
    assert chosen("MN", "ssa_disability", "paper") == "mn-ssa-disability"


def test_the_kind_comes_before_the_medium():
    assert chosen("TX", "workers_comp", "paper", "hospital") == "tx-workers-comp-hospital"


@pytest.mark.parametrize(
    ("kind", "code"),
    [("physician", "fl-physician-other"), ("hospital", "fl-hospital")],
    ids=["doctor", "hospital"],
)
def test_florida_has_two_tables(kind, code):
    assert chosen("FL", "attorney", "paper", kind) == code


def test_the_medium_decides_among_equals():
    assert chosen("GA", "attorney", "electronic") == "ga-general-nonpaper"
    assert chosen("GA", "attorney", "paper") == "ga-general"


@pytest.mark.parametrize("state", [state for state in book().states if state != "US"])
def test_provider_to_provider_is_free_in_every_state(state):
    priced = quoted(state, "provider", "paper", 900)
    assert (priced.schedule_code, priced.total, priced.is_complete) == ("us-provider-continuity", 0, True)


@pytest.mark.parametrize("state", ["AZ", "CA", "CT", "MD", "NJ", "NV", "NY", "OH", "RI", "TX", "VA", "VT"])
def test_a_disability_claim_is_free_where_the_state_says_so(state):
    priced = quoted(state, "ssa_disability", "paper", 300)
    assert (priced.schedule_code, priced.total) == (f"{state.lower()}-ssa-free", 0)


def test_georgia_keeps_disability_claims_out_of_its_table():
    assert chosen("GA", "ssa_disability", "paper") == "us-ssa-dds"


@pytest.mark.parametrize("kind", ["hospital", "physician", "other"])
def test_a_copy_services_cap_does_not_bind_a_provider(kind):
    assert chosen("CA", "workers_comp", "paper", kind) == "ca-subpoena"
    assert chosen("NV", "workers_comp", "paper", kind) == "nv-paper"


def test_a_comp_carrier_without_a_row_is_an_insurer():
    assert chosen("MD", "workers_comp", "paper") == "md-third-party-paper"


def test_any_beside_named_third_parties_is_not_the_patient():
    assert chosen("TN", "patient", "electronic", "physician") == "us-hipaa-patient-flat"
    assert chosen("MI", "patient", "electronic") == "us-hipaa-patient-flat"


def test_another_third_party_is_priced_like_an_insurer():
    assert chosen("KY", "other", "paper") == "ky-other"


def test_an_act_counts_from_its_day():
    assert chosen("VA", "ssa_disability", "paper", on=date(2025, 7, 1)) == "va-ssa-free"
    with pytest.raises(NoSchedule, match="begin on 2025-07-01"):
        chosen("VA", "ssa_disability", "paper", on=date(2025, 6, 30))


def test_a_day_before_the_held_figures_is_refused():
    with pytest.raises(NoSchedule, match="begin on 2024-07-01"):
        chosen("GA", "attorney", "paper", on=date(2024, 6, 30))


def test_a_day_before_the_federal_figure_is_refused():
    with pytest.raises(NoSchedule, match="begin on 2020-01-23"):
        chosen("AR", "attorney", "microfilm", on=date(2020, 1, 22))


def test_a_medium_the_state_is_silent_on_stays_open():
    priced = quoted("AR", "attorney", "microfilm", 10)
    assert not priced.is_complete
    assert "AR name no price" in priced.notes[0]


def test_an_unknown_kind_must_be_said_to_choose():
    with pytest.raises(KindNeeded):
        chosen("TX", "attorney", "electronic")


@pytest.mark.parametrize(("pages", "code"), [(1, "fl-physician-other"), (20, "fl-physician-other")])
def test_an_unknown_kind_pays_the_lower_table(pages, code):
    priced = quoted("FL", "attorney", "paper", pages)
    assert (priced.schedule_code, priced.total) == (code, pages)
    assert "the lower price" in priced.notes[0]


def test_an_unknown_state_is_refused():
    with pytest.raises(BadFacts, match="two letters"):
        chosen("ZZ", "attorney", "paper")


@pytest.mark.parametrize("wrong", [{"requestor": "friend"}, {"medium": "vellum"}, {"custodian_kind": "spa"}])
def test_an_unknown_class_is_refused(wrong):
    with pytest.raises(BadFacts, match="must be one of"):
        Case(**{"state": "GA", "requestor": "attorney", "medium": "paper"} | wrong)


def test_the_departments_own_rule_is_not_anybody_elses():
    assert chosen("US", "other", "paper", "other") == "us-third-party-directive"
