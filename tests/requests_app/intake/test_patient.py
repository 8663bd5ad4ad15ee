import pytest

from requests_app.models import Batch, KeptInput, Patient
from tests.requests_app.intake.conftest import PATIENT

pytestmark = pytest.mark.django_db


def test_a_patient_begins_a_draft(go, rosa, new_key):
    answer = go("wizard_patient", new_key, post=PATIENT)
    batch = Batch.objects.get(key=new_key)
    assert answer.url.endswith(f"/new/{batch.pk}/case/")
    assert (batch.patient.full_name, batch.owner) == ("Thomas Wright", rosa.person)


def test_sending_the_first_page_twice_makes_one_draft(go, new_key):
    go("wizard_patient", new_key, post=PATIENT)
    go("wizard_patient", new_key, post=PATIENT)
    assert (Batch.objects.count(), Patient.objects.count()) == (1, 1)


def test_going_back_to_the_first_page_finds_the_draft(go, new_key):
    go("wizard_patient", new_key, post=PATIENT)
    answer = go("wizard_patient", new_key)
    assert answer.url.endswith("/patient/")
    assert "Thomas" in go("wizard_patient_edit", Batch.objects.get().pk).content.decode()


def test_a_stranger_who_knows_the_key_gets_404(go, sam, new_key):
    go("wizard_patient", new_key, post=PATIENT)
    assert go("wizard_patient", new_key, member=sam).status_code == 404


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("first_name", ""),
        ("first_name", " \u200b "),
        ("first_name", "T\x00m"),
        ("first_name", "x" * 81),
        ("last_name", "Wright\u202e"),
        ("birth_date", ""),
        ("birth_date", "31/04/1980"),
        ("birth_date", "02/29/1979"),
        ("birth_date", "01/01/0001"),
        ("birth_date", "01/01/9999"),
        ("ssn", "12345"),
        ("ssn", "١٢٣٤"),
        ("phone", "12"),
        ("email", "nobody"),
        ("email", "a" * 300 + "@example.test"),
    ],
)
def test_bad_input_is_told_beside_its_field(go, new_key, field, typed):
    answer = go("wizard_patient", new_key, post=PATIENT | {field: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Batch.objects.exists()


def test_a_refused_form_keeps_what_was_typed(go, new_key):
    answer = go("wizard_patient", new_key, post=PATIENT | {"birth_date": "13/30/1978"})
    assert b"13/30/1978" in answer.content
    assert b"Wright" in go("wizard_patient", new_key).content


def test_five_zeros_and_four_digits_are_the_last_four(go, new_key):
    go("wizard_patient", new_key, post=PATIENT | {"ssn": "00000-6789"})
    assert Patient.objects.get().ssn == "6789"


def test_the_number_is_kept_sealed_and_not_shown_again(go, new_key):
    go("wizard_patient", new_key, post=PATIENT | {"ssn": "123-45-6789"})
    patient = Patient.objects.get()
    page = go("wizard_patient_edit", Batch.objects.get().pk).content
    assert b"6789" not in bytes(patient.ssn_sealed)
    assert b"6789" in page
    assert b"12345" not in page
    assert b"123-45" not in page


def test_leaving_the_number_empty_keeps_it(go, batch):
    batch.patient.keep_ssn("123456789")
    go("wizard_patient_edit", batch.pk, post=PATIENT | {"ssn": ""})
    batch.patient.refresh_from_db()
    assert batch.patient.ssn == "123456789"


def test_the_number_can_be_taken_away(go, batch):
    batch.patient.keep_ssn("123456789")
    go("wizard_patient_edit", batch.pk, post=PATIENT | {"remove_ssn": "on"})
    batch.patient.refresh_from_db()
    assert batch.patient.ssn == ""


def test_a_changed_patient_is_in_the_activity_of_each_request(go, two):
    from audit.models import Activity

    go("wizard_patient_edit", two[0].batch_id, post=PATIENT | {"first_name": "Tom"})
    assert Activity.objects.filter(event="patient_changed").count() == 2


def test_the_case_number_is_optional(go, batch):
    assert go("wizard_case", batch.pk, post={"case_number": ""}).url.endswith("/providers/")


def test_the_case_number_is_kept(go, batch):
    go("wizard_case", batch.pk, post={"case_number": "24-CV-1187"})
    batch.refresh_from_db()
    assert batch.case_number == "24-CV-1187"


def test_an_unfinished_first_page_can_be_found_again(go, new_key):
    go("wizard_patient_autosave", new_key, post={"first_name": "Tho"})
    assert str(new_key) in go("wizard_start").content.decode()
    assert b"Tho" in go("wizard_patient", new_key).content


def test_an_unfinished_first_page_is_its_persons_alone(go, new_key, sam, ruth):
    go("wizard_patient_autosave", new_key, post={"first_name": "Tho"})
    assert str(new_key) not in go("wizard_start", member=sam).content.decode()
    assert str(new_key) not in go("wizard_start", member=ruth).content.decode()
    assert b"Tho" not in go("wizard_patient", new_key, member=sam).content


def test_an_unfinished_first_page_can_be_discarded(go, new_key):
    go("wizard_patient_autosave", new_key, post={"first_name": "Tho"})
    go("wizard_patient_discard", new_key, post={})
    assert not KeptInput.objects.exists()


def test_somebody_who_may_not_ask_gets_403(go, dora):
    assert go("wizard_start", member=dora).status_code == 403
