"""The parts that have one rule each: the admin is for ops, the sandbox for a developer, signing in for everybody."""

import pytest
from django.contrib import admin
from django.urls import reverse

from tests.access import addresses
from tests.access.world import AHEAD, OPS, PEOPLE

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
BEFORE_SIGNING_IN = ("admin:login", "admin:logout")


def in_admin():
    """`(name, route, pattern)` of each address below /ops/."""
    found = [(name, route, one) for _, name, route, one in addresses.patterns() if route.startswith("ops/")]
    return [(name, route, one) for name, route, one in found if f"admin:{name}" not in BEFORE_SIGNING_IN]


def address_of(route, pattern):
    """An address of the admin, with a row that exists where it names one."""
    parts = route.split("/")
    if route.startswith("ops/^"):
        return "/ops/billing/"
    if route == "ops/(?P<url>.*)$":
        return "/ops/nothing-is-here/"
    row = 1
    for model in admin.site._registry:
        if parts[1:3] == [model._meta.app_label, model._meta.model_name]:
            row = model._base_manager.values_list("pk", flat=True).first() or 1
    for named in ("<path:object_id>", "<id>", "<path:content_type_id>", "<path:object_id>"):
        route = route.replace(named, str(row))
    return f"/{route}"


def test_the_admin_is_for_ops_alone(world):
    wrong = []
    for name, route, pattern in in_admin():
        address = address_of(route, pattern)
        for person in [one for one in PEOPLE if one not in OPS]:
            answer = world.browsers[person].get(address)
            to_sign_in = answer.status_code == 302 and "login" in answer["Location"]
            led_ahead = person in AHEAD and answer.status_code == 302
            if (
                not (to_sign_in or led_ahead or answer.status_code in (403, 404))
                or "Wright" in answer.content.decode()
            ):
                wrong.append((person, name, answer.status_code))
    assert wrong == []


def test_ops_can_open_every_page_of_the_admin(world):
    for name, route, pattern in in_admin():
        answer = world.browsers["olga"].get(address_of(route, pattern))
        assert answer.status_code in (200, 302, 400, 403, 404, 405), (name, answer.status_code)
        assert "no-store" in answer["Cache-Control"]


def test_ops_read_the_money_and_the_record_and_change_neither(world):
    for name in (
        "audit_activity",
        "billing_payment",
        "billing_ledgertransaction",
        "outbox_job",
        "billing_card",
    ):
        assert world.browsers["olga"].get(reverse(f"admin:{name}_changelist")).status_code == 200
        assert world.browsers["olga"].get(reverse(f"admin:{name}_add")).status_code == 403


def test_the_admin_has_no_sign_in_of_its_own(world):
    """Its own page would count no tries; everybody signs in at the one page that does."""
    answer = world.browsers["anonymous"].get(reverse("admin:login"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    sent = {"username": "olga@example.test", "password": "wrong"}
    assert world.browsers["anonymous"].post(reverse("admin:login"), sent).status_code in (302, 403)


POST_ONLY, TO_SIGN_IN_FIRST, NOT_NEEDED_NOW = (405, 405), (302, 200), (302, 302)
ACCOUNT = {
    "account_login": (200, 302),
    "account_logout": (302, 200),
    "account_inactive": (200, 200),
    "account_signup": (200, 302),
    **dict.fromkeys(["account_email_verification_sent", "account_verify_phone"], NOT_NEEDED_NOW),
    "account_code_elsewhere": NOT_NEEDED_NOW,
    **dict.fromkeys(["account_code_again_email", "account_code_again_text"], POST_ONLY),
    **dict.fromkeys(["account_code_by_email", "account_code_by_text"], POST_ONLY),
    "account_reauthenticate": TO_SIGN_IN_FIRST,
    "account_email": TO_SIGN_IN_FIRST,
    **dict.fromkeys(["email_verify", "email_keep"], POST_ONLY),
    "account_change_phone": TO_SIGN_IN_FIRST,
    "phone_remove": NOT_NEEDED_NOW,
    "account_change_password": TO_SIGN_IN_FIRST,
    "account_set_password": NOT_NEEDED_NOW,
    "account_reset_password": (200, 200),
    "account_confirm_login_code": NOT_NEEDED_NOW,
    "account_reset_password_from_key_done": (200, 200),
    "account_reset_password_from_key": (200, 200),
    "account_reset_password_done": (200, 200),
    "usersessions_list": TO_SIGN_IN_FIRST,
    "session_end": POST_ONLY,
    **dict.fromkeys(["mfa_index", "mfa_activate_totp", "mfa_add_webauthn"], TO_SIGN_IN_FIRST),
    "mfa_generate_recovery_codes": TO_SIGN_IN_FIRST,
    "mfa_list_webauthn": NOT_NEEDED_NOW,
    # Of who has none of it.
    **dict.fromkeys(["mfa_deactivate_totp", "mfa_remove_webauthn", "mfa_edit_webauthn"], (302, 404)),
    **dict.fromkeys(["mfa_view_recovery_codes", "mfa_download_recovery_codes"], (302, 404)),
    **dict.fromkeys(["mfa_authenticate", "mfa_login_webauthn"], NOT_NEEDED_NOW),
    **dict.fromkeys(["mfa_reauthenticate", "mfa_reauthenticate_webauthn"], NOT_NEEDED_NOW),
}
KEYS = {
    "account_reset_password_from_key": {"uidb36": "1", "key": "x"},
    "session_end": {"session_id": 2**40},
    "mfa_remove_webauthn": {"pk": 2**40},
    "mfa_edit_webauthn": {"pk": 2**40},
}


def test_every_page_of_signing_in_has_a_line():
    known = {name for _, name, route, _ in addresses.patterns() if route.startswith("account/")}
    assert known == set(ACCOUNT)


@pytest.mark.parametrize("name", ACCOUNT)
def test_signing_in_answers_before_and_after(world, name):
    address = reverse(name, kwargs=KEYS.get(name, {}))
    answers = [world.browsers[person].get(address) for person in ("anonymous", "rosa")]
    assert tuple(answer.status_code for answer in answers) == ACCOUNT[name]
    assert all("no-store" in answer["Cache-Control"] for answer in answers)


def test_a_removed_person_s_session_reaches_nothing(world):
    for name in ("outbound", "inbound", "wizard_start", "cards", "outbound_export"):
        assert world.browsers["rex"].get(reverse(name)).status_code == 403


def test_the_sandbox_is_there_in_development_only(settings):
    names = {route for _, _, route, _ in addresses.patterns() if route.startswith("sandbox/")}
    assert names
    assert settings.SANDBOX
