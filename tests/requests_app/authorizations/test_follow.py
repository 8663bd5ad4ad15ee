"""The link itself, and the question before anything is shown."""

import logging
import struct
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.utils import timezone

from audit.models import Activity
from outbox.queue import run_due
from requests_app.authorizations import sending
from requests_app.models import SigningInvitation
from tests.requests_app.authorizations.steps import BORN, EMAIL, wait_for_patient

pytestmark = pytest.mark.django_db


def guess(client, day="01/01/1970"):
    return client.post("/sign/birth-date/", {"birth_date": day})


def test_the_token_is_in_the_first_address_only(client, emailed):
    answer = client.get(emailed())
    assert (answer.status_code, answer.url) == (302, "/sign/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "no-store" in answer["Cache-Control"]


def test_before_the_birth_date_nothing_is_shown(client, emailed):
    client.get(emailed())
    page = client.get("/sign/")
    assert "Smith Law" in page.content.decode()
    for word in ("Thomas", "Wright", "Lakeside", "1978", "Medical"):
        assert word not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


def test_the_right_birth_date_opens_the_text(client, emailed, waiting, link):
    client.get(emailed())
    assert guess(client, BORN).url == "/sign/"
    page = client.get("/sign/").content.decode()
    assert "Thomas Wright" in page
    assert "Wright" not in page.partition("<title>")[2].partition("</title>")[0]
    link.refresh_from_db()
    assert link.opened_at
    assert Activity.objects.of(waiting).filter(event="signing_opened").count() == 1


@pytest.mark.parametrize(
    "typed", ["", "yesterday", "31/31/1978", "11/02/78", "11/02/2999", "\u0661\u0661/02/1978"]
)
def test_what_is_no_date_costs_no_try(client, emailed, link, typed):
    client.get(emailed())
    assert guess(client, typed).status_code == 422
    link.refresh_from_db()
    assert link.birth_date_tries == 0


def test_a_wrong_one_says_how_many_tries_are_left(client, emailed):
    client.get(emailed())
    answer = guess(client)
    assert answer.status_code == 422
    assert "Tries left: 4" in answer.content.decode()


def test_five_wrong_ones_lock_the_link_and_tell_the_sender(client, emailed, waiting, link, rosa):
    client.get(emailed())
    for _ in range(5):
        guess(client)
    assert client.get("/sign/").status_code == 403
    assert guess(client, BORN).status_code == 403
    assert "Wright" not in client.get("/sign/").content.decode()
    run_due(kind="correspondence.send")
    assert [one.subject for one in mail.outbox if one.to == [rosa.person.email]] == [
        f"Request {waiting}: the link to sign is locked"
    ]


def test_a_right_one_between_starts_the_count_anew(client, emailed, link):
    client.get(emailed())
    for day in ["01/01/1970"] * 4 + [BORN] + ["01/01/1970"] * 4:
        guess(client, day)
    link.refresh_from_db()
    assert link.is_open


def test_a_new_link_opens_what_was_locked(client, emailed, link, rosa):
    client.get(emailed())
    for _ in range(5):
        guess(client)
    SigningInvitation.objects.update(sent_at=timezone.now() - timedelta(hours=1))
    sending.send_again(link, by=rosa, email=EMAIL, phone="")
    client.get(emailed())
    assert guess(client, BORN).status_code == 302


def test_a_signed_link_that_was_locked_opens_a_day_later(visitor, signed, link):
    for _ in range(5):
        guess(visitor)
    assert visitor.get("/sign/").status_code == 403
    SigningInvitation.objects.update(locked_at=timezone.now() - timedelta(hours=25))
    assert guess(visitor, BORN).status_code == 302
    assert b"Signed" in visitor.get("/sign/").content


def test_an_unknown_token_gets_a_page_that_helps(client, waiting):
    answer = client.get("/sign/" + "x" * 32 + "/")
    assert answer.status_code == 404
    assert "use the newest" in answer.content.decode()
    assert answer["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("token", ["0", "-1", "%F0%9F%92%A9", "x" * 2000, "null"])
def test_no_token_breaks_it(client, db, token):
    assert client.get(f"/sign/{token}/").status_code == 404


def test_without_a_link_the_page_asks_for_it(client, db):
    answer = client.get("/sign/")
    assert answer.status_code == 404
    assert "Open your link again" in answer.content.decode()


def test_after_thirty_days_it_has_run_out(client, emailed, link):
    path = emailed()
    SigningInvitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    client.get(path)
    answer = client.get("/sign/")
    assert answer.status_code == 410
    assert "has run out" in answer.content.decode()


def test_withdrawn_it_says_so(client, emailed, link, rosa):
    path = emailed()
    sending.withdraw(link, by=rosa)
    client.get(path)
    answer = client.get("/sign/")
    assert answer.status_code == 410
    assert "has withdrawn" in answer.content.decode()


def test_identified_for_one_link_is_not_identified_for_another(visitor, rosa, custodian, clara, emailed):
    wait_for_patient(rosa, custodian)
    visitor.get(emailed())
    assert "Wright" not in visitor.get("/sign/").content.decode()


def test_after_an_hour_it_asks_again(visitor):
    session = visitor.session
    since = (timezone.now() - timedelta(minutes=61)).isoformat()
    session["signing"] = {**session["signing"], "identified_at": since}
    session.save()
    assert "Wright" not in visitor.get("/sign/").content.decode()


def test_the_session_key_changes_with_the_right_answer(client, emailed):
    client.get(emailed())
    before = client.session.session_key
    guess(client, BORN)
    assert client.session.session_key != before


def test_the_token_is_nowhere_at_rest(client, emailed, waiting):
    token = emailed().split("/")[2]
    client.get(f"/sign/{token}/")
    assert not client.session.get("token")
    for model in apps.get_models():
        if model._meta.app_label != "sandbox":
            for row in model._base_manager.all().values():
                assert token not in str(row)


def test_too_many_from_one_place_are_turned_away(client, settings, db):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign": "3/5m/ip"}
    answers = [client.get(f"/sign/{'y' * 31}{number}/").status_code for number in range(4)]
    assert answers == [404, 404, 404, 429]


def test_no_log_tells_of_it(client, emailed, caplog):
    with caplog.at_level(logging.DEBUG):
        path = emailed()
        client.get(path)
        guess(client)
        guess(client, BORN)
    for word in ("Wright", "1978", path):
        assert word not in caplog.text


def test_another_language_is_offered_where_there_are_words(client, emailed, settings, tmp_path):
    client.get(emailed())
    assert "Español" not in client.get("/sign/").content.decode()
    (tmp_path / "es" / "LC_MESSAGES").mkdir(parents=True)
    catalog_of_nothing = struct.pack("<7I", 0x950412DE, 0, 0, 28, 28, 0, 28)
    (tmp_path / "es" / "LC_MESSAGES" / "django.mo").write_bytes(catalog_of_nothing)
    settings.LOCALE_PATHS = [tmp_path]
    assert "Español" in client.get("/sign/").content.decode()
    assert client.post("/sign/language/", {"language": "es"}).cookies["django_language"].value == "es"
    assert "django_language" not in client.post("/sign/language/", {"language": "xx"}).cookies
