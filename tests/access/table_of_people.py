"""Who gets what at the addresses of people and organizations; the same table as `table.py`, in the same words."""

from tests.access.rows import MEMBERS, NO_ONE, Open, Row, do
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


def dora(world, _request):
    return {"member": world.people["dora"].pk}


def a_permission(world):
    return {"role": world.practice.roles.get(name="Front Desk").pk, "permission": "price", "allowed": "1"}


MEMBERSHIP = [
    whole("my_organization", STAFF),
    whole("organization_activity", ADMINISTRATORS),
    whole("organization_edit", ADMINISTRATORS),
    whole("members", ADMINISTRATORS),
    whole("member_invite", ADMINISTRATORS),
    whole("two_step_require", ADMINISTRATORS),
    practice("assign_permissions"),
    practice_change("permission_set", post=a_permission, changes={"clara"}),
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
    of_lakeside_as_practice("clinical_reviewer", "place", dora, args={}),
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
    of_pat("dependent_remove", "dependent"),
    of_pat("dependent_remove", "dependent", {}),
]
OWN = [
    Open("my_account", but=NO_ONE),
    Open("account_name", but=NO_ONE),
    Open("agreement"),
    Open("still_here", 200, {}, NO_ONE),
    Open("resume", 302, but=NO_ONE),
    Open("resume_drop", 302, {}, NO_ONE),
    Row("notification_settings", MEMBERS, STAFF | HOUSEHOLDS),
    Open("landing", 200),
    Open("invitation", 404),
    Open("invitation_accept", 404, {}),
    Open("invitation_follow", 404),
]
# Who was led through already is led on; patients, ops and members too.
LEADING = [
    Open("survey", 302, but=NO_ONE | {"una": 200}),
    Open("choose_organization", 302, but=NO_ONE | {"noel": 200}),
    Open("organization_by_npi", 302, but=NO_ONE, query="?npi=1"),
    Open("found_organization", 302, but=NO_ONE | {"noel": 200}),
    Open("ask_to_join", 302, {}, NO_ONE | {"noel": 404}),
    Open("withdraw_join", 302, {}, NO_ONE),
    Open("verify_own_email", 302, {}, NO_ONE),
    Open("standing", 302, but=NO_ONE | {person: 200 for person, page in AHEAD.items() if page == "standing"}),
    Open("apply_again", 302, {"reply": "Please."}, NO_ONE),
]
ROWS = [*MEMBERSHIP, *PRACTICE, *FIRM, *DEPENDENTS, *OWN, *LEADING]
