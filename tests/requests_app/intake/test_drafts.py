from datetime import timedelta

import pytest
from django.utils import timezone

from documents.models import Document
from requests_app.models import Batch, KeptInput, Patient, RecordRequest
from tests.requests_app.intake.conftest import PATIENT, wish

pytestmark = pytest.mark.django_db
HALF = {"first_name": "Tho", "last_name": "", "birth_date": "11/0"}


def opened(seconds=0):
    return (timezone.now() + timedelta(seconds=seconds)).isoformat()


def test_a_half_typed_form_is_kept_as_it_is(go, batch):
    assert go("wizard_autosave", batch.pk, "patient", post=HALF).status_code == 204
    page = go("wizard_patient_edit", batch.pk)
    assert b'value="11/0"' in page.content
    assert not page.context["form"].errors


def test_autosaving_changes_nothing_of_the_draft(go, asked):
    go("wizard_autosave", asked.batch_id, "details", post=wish(asked))
    assert not RecordRequest.objects.get().is_specified


def test_what_is_kept_is_not_readable_in_the_database(go, batch):
    go("wizard_autosave", batch.pk, "patient", post={"last_name": "Wrightington"})
    assert b"Wrightington" not in bytes(KeptInput.objects.get().sealed)


def test_continuing_forgets_what_was_kept(go, batch):
    go("wizard_autosave", batch.pk, "patient", post=HALF)
    go("wizard_patient_edit", batch.pk, post=PATIENT | {"first_name": "Theo", "opened": opened()})
    page = go("wizard_patient_edit", batch.pk).content
    assert b"Theo" in page
    assert not KeptInput.objects.pending().exists()


def test_a_late_autosave_of_a_page_that_was_sent_is_dropped(go, batch):
    before = opened(-5)
    go("wizard_patient_edit", batch.pk, post=PATIENT)
    answer = go("wizard_autosave", batch.pk, "patient", post=HALF | {"opened": before})
    assert answer.status_code == 409
    assert not KeptInput.objects.pending().exists()


def test_a_page_opened_afterwards_saves_itself_again(go, batch):
    go("wizard_patient_edit", batch.pk, post=PATIENT)
    assert go("wizard_autosave", batch.pk, "patient", post=HALF | {"opened": opened(1)}).status_code == 204


@pytest.mark.parametrize("moment", ["", "soon", "9999-99-99T00:00", "2024-01-01"])
def test_a_page_that_cannot_tell_when_it_was_opened_counts_as_old(go, batch, moment):
    go("wizard_patient_edit", batch.pk, post=PATIENT)
    assert go("wizard_autosave", batch.pk, "patient", post=HALF | {"opened": moment}).status_code == 409


def test_a_million_characters_are_not_kept(go, batch):
    answer = go("wizard_autosave", batch.pk, "case", post={"case_number": "x" * 1_000_000})
    assert answer.status_code == 409
    assert not KeptInput.objects.pending().exists()


def test_a_form_that_does_not_exist_is_404(go, batch):
    assert go("wizard_autosave", batch.pk, "secrets", post={}).status_code == 404


def test_a_stranger_cannot_keep_anything(go, batch, sam):
    assert go("wizard_autosave", batch.pk, "patient", post=HALF, member=sam).status_code == 404
    assert not KeptInput.objects.exists()


def test_a_number_half_typed_is_not_shown_to_a_colleague(go, batch, ruth):
    go("wizard_autosave", batch.pk, "patient", post=HALF | {"ssn": "123-45-67"})
    assert b"123-45-67" in go("wizard_patient_edit", batch.pk).content
    page = go("wizard_patient_edit", batch.pk, member=ruth).content
    assert b"123-45-67" not in page
    assert b"Tho" in page


def test_save_and_exit_takes_over_what_is_complete(go, asked):
    answer = go("wizard_save_exit", asked.batch_id, "details", post=wish(asked))
    assert answer.url == "/"
    assert RecordRequest.objects.get().is_specified


def test_save_and_continue_keeps_what_is_not(go, asked):
    typed = wish(asked, dates="after", dates_from="13/13/13")
    answer = go("wizard_save", asked.batch_id, "details", post=typed, follow=True)
    assert b"13/13/13" in answer.content
    assert "Draft saved." in answer.content.decode()


def test_back_loses_nothing(go, asked):
    typed = wish(asked, dates="after", dates_from="13/13/13")
    assert go("wizard_back", asked.batch_id, "details", post=typed).url.endswith("/providers/")
    assert b"13/13/13" in go("wizard_details", asked.batch_id).content


def test_a_page_without_a_form_can_be_saved_too(go, asked):
    assert go("wizard_save_exit", asked.batch_id, "authorization", post={}).url == "/"


def test_what_was_typed_can_be_discarded(go, batch):
    go("wizard_autosave", batch.pk, "patient", post=HALF)
    go("wizard_discard", batch.pk, "patient", post={})
    assert b"Thomas" in go("wizard_patient_edit", batch.pk).content


def test_a_draft_is_taken_up_where_it_was_left(go, batch, draft):
    assert go("wizard_resume", batch.pk).url.endswith("/providers/")
    assert go("wizard_resume", draft.batch_id).url.endswith("/review/")


def test_drafts_are_listed_for_the_whole_firm_and_nobody_else(go, batch, ruth, sam):
    assert b"Thomas Wright" in go("wizard_start", member=ruth).content
    assert b"Thomas Wright" not in go("wizard_start", member=sam).content


def test_deleting_asks_first(go, ready):
    go("wizard_delete", ready.pk)
    assert Batch.objects.filter(pk=ready.pk).exists()


def test_deleting_takes_everything_along(go, ready):
    go("wizard_delete", ready.pk, post={})
    left = [model.objects.count() for model in (Batch, RecordRequest, Patient, KeptInput, Document)]
    assert left == [0, 0, 0, 0, 0]


def test_a_submitted_batch_is_not_deleted(go, pending):
    pending.batch.submitted_at = timezone.now()
    pending.batch.save()
    go("wizard_delete", pending.batch_id, post={})
    assert RecordRequest.objects.get() == pending


def test_edit_returns_to_the_review(go, ready):
    answer = go("wizard_case", ready.pk, post={"case_number": "2"}, query="?edit=1")
    assert answer.url.endswith("/review/")
