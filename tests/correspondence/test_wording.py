"""What leaves the house names a request and a page of ours, and nobody's health (product 9.2)."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

import requests_app
from correspondence.models import Notice
from correspondence.sending import wording
from requests_app import notices
from tests import stage

ALL = {file.stem for file in Path(settings.BASE_DIR, "templates/correspondence/notices").glob("*.txt")}
# Of people and organizations: they name no request; see tests/accounts/.
OF_ACCOUNTS = {
    "pay_link",  # of an invoice: see tests/requests_app/tracking/paying/test_by_link.py
    *("account_letter", "code_text", "no_code_text", "invitation"),
    *("phone_changed_text", "phone_removed_text", "new_password_text"),
    *("join_asked", "join_accepted", "join_declined"),
    "two_step_cleared",
    *("suggestion_decided", "provider_joined"),
    *("organization_approve", "organization_reject", "organization_suspend", "organization_restore"),
}
EVENTS = sorted(ALL - OF_ACCOUNTS)
SECRETS = {
    "first_name": "Zebulon",
    "middle_name": "Quincy",
    "last_name": "Featherstonehaugh",
    "birth_date": date(1961, 4, 17),
    "email": "zeb@patient.test",
    "phone": "+14045550123",
}
FORBIDDEN = [
    r"Zebulon|Quincy|Featherstone",
    r"1961|04/17|Apr",
    r"patient\.test|5550123",
    r"medical|billing|images|oncology|litigation",
    r"24-CV-1187|078-?05-?1120|1120",
    r"authorization\.pdf|Smith Law|Lakeside",
]


def test_there_are_notices_to_test():
    assert len(EVENTS) > 10


@pytest.mark.django_db
@pytest.mark.parametrize("event", EVENTS)
def test_a_notice_has_a_subject_and_a_link_and_no_health_information(event, pending):
    stage.Patient.objects.filter(pk=pending.patient_id).update(**SECRETS)
    pending.refresh_from_db()
    pending.patient.keep_ssn("078051120")
    pending.batch.comment = "oncology"
    notices.to_requestor(pending, event)
    notice = Notice.objects.filter(event=event, person=pending.batch.owner).latest("pk")
    subject, body = wording(notice)
    # A patient who is asked to sign knows no request ID, and one link serves several requests.
    assert str(pending) in subject or event.startswith("sign_invitation")
    assert "\n" not in subject
    assert len(subject) < 90
    assert f"http://testserver{pending.get_absolute_url()}" in body
    # The request's ID is drawn, and may hold by chance what is forbidden elsewhere.
    said = (subject + body).replace(str(pending), "").replace(pending.public_id, "")
    for words in FORBIDDEN:
        assert not re.search(words, said, re.IGNORECASE), words


@pytest.mark.django_db
def test_a_notice_speaks_its_reader_s_language(rosa, monkeypatch):
    said = []
    monkeypatch.setattr("correspondence.sending.render_to_string", lambda *a: said.append(language()) or "x")
    from django.utils.translation import get_language as language

    rosa.person.language = "es"
    (notice,) = Notice.objects.to_people([rosa.person], "message_received", reference="1", path="/")
    wording(notice)
    assert said == ["es"]


def test_every_event_the_code_owes_has_its_words():
    source = Path(requests_app.__file__).parent
    owed = {name for name, _ in notices.TO_CUSTODIAN.values()} | set(notices.TO_REQUESTOR.values())
    for file in [*source.rglob("*.py"), *Path(settings.BASE_DIR, "billing").rglob("*.py")]:
        owed |= set(re.findall(r"(?:to_requestor|to_custodian)\(\w+, \"(\w+)\"", file.read_text()))
        owed |= set(re.findall(r"(?:owe|to_people)\(\s*(?:[\w\[\]. ]+,\s*)?\"(\w+)\"", file.read_text()))
    assert "fax_failed" in owed
    assert owed <= set(EVENTS)
