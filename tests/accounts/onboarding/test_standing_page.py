"""Who waits, was rejected or is suspended sees why, what happens next and whom to write to (product 2.5)."""

import pytest

from accounts.models import Member, Organization, Role, Standing
from audit.models import Activity
from tests import cast

pytestmark = pytest.mark.django_db
PAGE = "/welcome/standing/"
REPLY = "/welcome/standing/reply/"
REASON = "The NPI belongs to somebody else."


@pytest.fixture
def clinic(db):
    return Organization.found(name="Hillside Clinic", kind="provider", npi="1234567893")


@pytest.fixture
def pia(clinic):
    return Member.join(cast.person("pia"), clinic, clinic.roles.get(name=Role.ADMINISTRATOR))


@pytest.fixture
def finn(clinic):
    return Member.join(cast.person("finn"), clinic, clinic.roles.get(name="Front Desk"))


@pytest.fixture
def rejected(clinic, pia):
    clinic.reject(by=cast.SYSTEM, reason=REASON)
    return clinic


def shown(as_, member):
    return as_(member).get(PAGE).content.decode()


def test_who_waits_sees_by_when_and_whom_to_ask(as_, pia, settings):
    page = shown(as_, pia)
    assert "usually within one business day" in page
    assert settings.OPERATOR["email"] in page
    assert "1234567893" in page


def test_the_reason_of_a_rejection_stands_there(as_, pia, rejected):
    assert REASON in shown(as_, pia)


def test_who_manages_may_answer_and_others_see_who(as_, pia, finn, rejected):
    assert REPLY in shown(as_, pia)
    page = shown(as_, finn)
    assert REPLY not in page
    assert "Pia Example" in page


def test_an_answer_makes_it_wait_again(as_, pia, rejected):
    assert as_(pia).post(REPLY, {"reply": "It is ours;\nsee the letter."}).url == PAGE
    rejected.refresh_from_db()
    assert (rejected.standing, rejected.standing_reply) == (Standing.WAITING, "It is ours;\nsee the letter.")
    assert Activity.objects.of(rejected).last().details == {"reply": "It is ours;\nsee the letter."}
    assert "look at your practice again" in shown(as_, pia)


def test_others_do_not_answer(as_, finn, rejected):
    for reply in ("Please.", ""):
        assert as_(finn).post(REPLY, {"reply": reply}).status_code == 403


def test_nobody_without_an_organization_answers(client, db):
    client.force_login(cast.person("una"))
    assert client.post(REPLY, {"reply": "Please."}).status_code == 403


@pytest.mark.parametrize("reply", ["", "  ", "x" * 1001, "a\x00", "\u202etxt"])
def test_an_answer_that_says_nothing_is_refused(as_, pia, rejected, reply):
    page = as_(pia).post(REPLY, {"reply": reply})
    assert (page.status_code, "reply" in page.context["form"].errors) == (422, True)


def test_answering_twice_changes_nothing(as_, pia, rejected):
    as_(pia).post(REPLY, {"reply": "One."})
    response = as_(pia).post(REPLY, {"reply": "Two."})
    rejected.refresh_from_db()
    assert (response.status_code, rejected.standing_reply) == (302, "One.")


def test_a_suspension_says_why_and_that_nothing_is_lost(as_, firm, rosa):
    firm.suspend(by=cast.SYSTEM, reason="Nobody answers the phone.")
    page = shown(as_, rosa)
    assert "Nobody answers the phone." in page
    assert "Nothing is lost" in page
    assert as_(rosa).post(REPLY, {"reply": "We do."}).status_code == 302
    firm.refresh_from_db()
    assert firm.standing == Standing.SUSPENDED


def test_approved_the_door_opens(as_, clinic, pia, olga):
    clinic.approve(by=olga)
    assert as_(pia).get(PAGE).url == "/"
    assert as_(pia).get("/").status_code == 200


def test_suspended_it_closes_at_the_next_click(as_, firm, rosa, olga):
    client = as_(rosa)
    assert client.get("/outbound/").status_code == 200
    firm.suspend(by=olga, reason=REASON)
    assert client.get("/outbound/").url == PAGE
    firm.restore(by=olga)
    assert client.get("/outbound/").status_code == 200


def test_what_somebody_wrote_is_shown_as_text(as_, clinic, pia):
    clinic.reject(by=cast.SYSTEM, reason="<script>alert(1)</script>{{ 7 }}")
    assert "<script>alert" not in shown(as_, pia)
