"""Who gets what at the addresses of people and organizations; the same table as `table.py`, in the same words."""

from tests.access.rows import MEMBERS, NO_ONE, SIGNED_IN, Open, Row, do
from tests.access.world import AHEAD, OPS

ADMINISTRATORS = {"rosa", "sam", "clara", "otto"}
MANAGE_PRACTICE = {"clara", "otto"}
MANAGE_FIRM = {"rosa", "sam"}
HOUSEHOLDS = {"pat", "paul"}
FIRMS = {"rosa", "ruth", "rolf", "sam"}
PRACTICES = {"clara", "carl", "dora", "fred", "rita", "nora", "otto"}
# Who has an organization of professionals; patients have no such page at all.
STAFF = FIRMS | PRACTICES
NOBODY = set(OPS) | {"rex", "lily"}  # signed in, and of no organization


def whole(name, may, **said):
    """A page of one's own organization, whatever it is: patients get 404, others without the permission 403."""
    return Row(name, STAFF, may, refused=NOBODY, **said)


def change(name, may, **said):
    return do(name, STAFF, may, **{"refused": NOBODY} | said)


def practice(name, **said):
    """The same, of a practice: for everybody else there is none."""
    return Row(name, PRACTICES, MANAGE_PRACTICE, refused=NOBODY, **said)


def practice_change(name, **said):
    return do(name, PRACTICES, MANAGE_PRACTICE, **{"refused": NOBODY} | said)


def patient(name, **said):
    return Row(name, set(), HOUSEHOLDS, refused=NOBODY, **said)


def patient_change(name, **said):
    return do(name, set(), HOUSEHOLDS, **{"refused": NOBODY} | said)


PERSON = {"first_name": "Leo", "last_name": "Example", "birth_date": "03/04/2015"}
ABOUT_ME = {
    "first_name": "New",
    "last_name": "Name",
    "language": "en",
    "time_zone": "America/Chicago",
    "birth_date": "01/02/1980",
}
FIRM_OF_NOEL = {
    "name": "Noel Law",
    "street": "1 Main Street",
    "city": "Macon",
    "state": "GA",
    "zip_code": "31201",
    "phone": "(478) 555-0100",
    "time_zone": "America/New_York",
}
SURVEY = {"job": "Lawyer", "requests_a_month": "1-10", "heard_from": "search", "states_served": "GA"}
PLACE = {"name": "Lakeside", "kind": "physician", "city": "Macon", "state": "GA"}
FACTS = {"name": "Renamed", "city": "Macon", "state": "GA", "time_zone": "America/New_York"}


# An object of Lakeside, of Smith Law, or of pat's household: to who manages another organization there is none.
def of_lakeside(name, of, post=None, **said):
    return _of(name, {"clara"}, STAFF - ADMINISTRATORS, of, post, **said)


def of_lakeside_as_practice(name, of, post=None, **said):
    return _of(name, {"clara"}, PRACTICES - MANAGE_PRACTICE, of, post, **said)


def of_smith_law(name, of, post=None, **said):
    return _of(name, {"rosa"}, FIRMS - MANAGE_FIRM, of, post, **said)


def of_pat(name, of, post=None, **said):
    return _of(name, {"pat"}, set(), of, post, **said)


def _of(name, may, refused, of, post, **said):
    shape = {"answer": 302, "changes": True} if post is not None else {}
    return Row(name, set(), may, of, refused=refused | NOBODY, post=post, **(shape | said))


def another_role(world, member):
    return {"role": member.organization.roles.get(name="ROI Specialist").pk}


def a_role(world, asked):
    return {"role": asked.organization.roles.get(name="Front Desk").pk}


def invited(world, _request):
    role = world.practice.roles.get(name="Front Desk")
    return {"name": "Ines", "email": "ines@example.test", "role": role.pk}


def leo(world, dependent):
    return PERSON | {"seen": dependent.version}


def a_permission(world, _request):
    return {"role": world.practice.roles.get(name="Front Desk").pk, "permission": "price", "allowed": "yes"}


def lead(name, post=None, changes=(), query="", **but):
    return Open(name, 302, post, NO_ONE | but, changes=changes, query=query, leads_on=True)


MAY_NOT_REPLY = (STAFF - ADMINISTRATORS) | NOBODY | {"una", "noel", "opal"}
MEMBERSHIP = [
    whole("my_organization", STAFF),
    whole("organization_activity", ADMINISTRATORS),
    whole("organization_edit", ADMINISTRATORS),
    whole("members", ADMINISTRATORS),
    whole("member_invite", ADMINISTRATORS),
    whole("two_step_require", ADMINISTRATORS),
    practice("assign_permissions"),
    practice_change("permission_set", post=a_permission, changes={"clara"}, but={"otto": 404}, in_place=True),
    whole("organization_edit", ADMINISTRATORS, answer=302, post=FACTS, changes=ADMINISTRATORS),
    whole("two_step_require", ADMINISTRATORS, answer=302, post={"required": "no"}),
    # A role is of one's own organization: another's is no choice.
    Row(
        "member_invite",
        STAFF,
        {"clara"},
        answer=302,
        post=invited,
        changes=True,
        refused=NOBODY,
        but=dict.fromkeys(("rosa", "sam", "otto"), 422),
    ),
    of_lakeside("member_role", "member"),
    of_lakeside("member_role", "member", another_role),
    of_lakeside("member_remove", "member"),
    of_lakeside("member_remove", "member", {}),
    of_lakeside("invitation_resend", "invitation", {}),
    of_lakeside("invitation_revoke", "invitation"),
    of_lakeside("invitation_revoke", "invitation", {}),
    of_lakeside("join_accept", "join_request"),
    of_lakeside("join_accept", "join_request", a_role),
    of_lakeside("join_decline", "join_request"),
    of_lakeside("join_decline", "join_request", {}),
]
PRACTICE = [
    practice("checklist"),
    practice("clinical_reviewer"),
    practice("walk_in_add"),
    practice_change("walk_in_add", post={"name": "Courier", "kind": "other"}),
    practice_change("checklist", post={"text": "Right dates?"}),
    practice_change("clinical_reviewer", post={"member": ""}, changes=False),
    of_lakeside_as_practice("place", "place"),
    of_lakeside_as_practice("place_edit", "place"),
    of_lakeside_as_practice("place_edit", "place", PLACE),
    of_lakeside_as_practice("place_delivery", "place"),
    of_lakeside_as_practice("place_delivery", "place", {"offers_download": "on"}),
    of_lakeside_as_practice("place_services", "place"),
    of_lakeside_as_practice("place_services", "place", {"notary_offered": "on", "notary_fee": "12.00"}),
    of_lakeside_as_practice("place_form_add", "place"),
    of_lakeside_as_practice(
        "place_form_add", "place", {"name": "School form", "fee": "5.00", "is_offered": "on"}
    ),
    of_lakeside_as_practice("place_form_edit", "form"),
    of_lakeside_as_practice("place_form_edit", "form", {"name": "Camp form", "fee": "5.00"}),
    of_lakeside_as_practice("place_form_remove", "form"),
    of_lakeside_as_practice("place_form_remove", "form", {}),
    of_lakeside_as_practice("checklist_rename", "item"),
    of_lakeside_as_practice("checklist_rename", "item", {"text": "Right person?"}),
    of_lakeside_as_practice("checklist_move", "item", {"direction": "down"}, changes=False),
    of_lakeside_as_practice("checklist_remove", "item"),
    of_lakeside_as_practice("checklist_remove", "item", {}),
    of_lakeside_as_practice("walk_in_edit", "walk_in"),
    of_lakeside_as_practice("walk_in_edit", "walk_in", {"name": "Other", "kind": "other"}),
    of_lakeside_as_practice("walk_in_remove", "walk_in"),
    of_lakeside_as_practice("walk_in_remove", "walk_in", {}),
]
FIRM = [
    Row("ceiling", FIRMS, MANAGE_FIRM, refused=NOBODY),
    do("ceiling", FIRMS, MANAGE_FIRM, refused=NOBODY, post={"amount": "100.00"}),
    Row("physician_add", FIRMS, MANAGE_FIRM, refused=NOBODY),
    do("physician_add", FIRMS, MANAGE_FIRM, refused=NOBODY, post={"name": "Dr. Lind"}),
    of_smith_law("physician_edit", "physician"),
    of_smith_law("physician_edit", "physician", {"name": "Dr. Other"}),
    of_smith_law("physician_remove", "physician"),
    of_smith_law("physician_remove", "physician", {}),
]
DEPENDENTS = [
    patient("dependents"),
    patient("dependent_add"),
    patient_change("dependent_add", post=PERSON),
    of_pat("dependent", "dependent"),
    of_pat("dependent_details", "dependent"),
    of_pat("dependent_edit", "dependent"),
    of_pat("dependent_edit", "dependent", leo),
    of_pat("dependent_remove", "dependent"),
    of_pat("dependent_remove", "dependent", {}),
]
OWN = [
    Open("my_account", but=NO_ONE),
    Open("account_name", but=NO_ONE),
    Open("account_name", 302, ABOUT_ME, NO_ONE, changes=SIGNED_IN - set(AHEAD)),
    Open("agreement"),
    Open("still_here", 200, {}, NO_ONE),
    Open("resume", 302, but=NO_ONE),
    Open("resume_drop", 302, {}, NO_ONE),
    Row("notification_settings", MEMBERS, STAFF | HOUSEHOLDS),
    Row("notification_settings", MEMBERS, STAFF | HOUSEHOLDS, answer=422, post={"nothing": "said"}),
    Open("landing", 200),
    Open("invitation", 404),
    Open("invitation_accept", 404, {}),
    Open("invitation_follow", 404),
]
# Who was led through already is led on; patients, ops and members too.
WITHOUT = dict.fromkeys(("rex", "lily"), "choose_organization")  # their address is not verified
LEADING = [
    lead("survey", una=200),
    lead("survey", SURVEY, changes={"una"}, una="choose_organization"),
    lead("choose_organization", noel=302, rex=200, lily=200),
    lead("organization_by_npi", query="?npi=1", noel=422, **WITHOUT),
    lead("found_organization", noel=200, **WITHOUT),
    lead("found_organization", FIRM_OF_NOEL, changes={"noel"}, noel=302, **WITHOUT),
    lead("ask_to_join", {}, noel=404, **WITHOUT),
    lead("withdraw_join", {}, **WITHOUT),
    lead("verify_own_email", {}, changes={"rex", "lily"}, rex=302, lily=302),
    lead("standing", pia=200, sue=200),
    Open("apply_again", 302, {"reply": "Please."}, NO_ONE | dict.fromkeys(MAY_NOT_REPLY, 403)),
]
ROWS = [*MEMBERSHIP, *PRACTICE, *FIRM, *DEPENDENTS, *OWN, *LEADING]
