import pytest
from django.urls import reverse

from requests_app.processing import uploads
from tests import stage


@pytest.fixture
def files(pending, clara):
    return [uploads.add(pending, stage.pdf_file(title=name), by=clara) for name in "abc"]


def at(name, file):
    return reverse(name, args=[file.record_request.public_id, file.pk])


def order(record_request):
    return list(record_request.files.kept().values_list("pk", flat=True))


def test_a_file_moves_one_place_earlier(pending, files, clara, as_):
    as_(clara).post(at("move_file", files[2]), {"step": "earlier"})
    assert order(pending) == [files[0].pk, files[2].pk, files[1].pk]


def test_the_pages_follow_their_file(pending, files, clara):
    uploads.move(files[0], 1, by=clara)
    assert [page.file_id for page in pending.pages.kept()] == order(pending)


def test_at_the_end_nothing_changes(pending, files, clara, as_):
    before = order(pending)
    as_(clara).post(at("move_file", files[2]), {"step": "later"})
    assert order(pending) == before


def test_a_step_nobody_offered_is_404(files, clara, as_):
    assert as_(clara).post(at("move_file", files[0]), {"step": "sideways"}).status_code == 404


def test_removing_asks_first(files, clara, as_):
    assert "Remove this file?" in as_(clara).get(at("remove_file", files[0])).content.decode()
    files[0].refresh_from_db()
    assert files[0].removed_at is None


def test_a_removed_file_leaves_the_review_and_stays_in_the_activity(pending, files, clara, as_):
    as_(clara).post(at("remove_file", files[0]))
    assert pending.pages.kept().count() == 2
    shown = as_(clara).get(pending.get_absolute_url())
    assert "removed a file" in shown.content.decode()


def test_removing_it_twice_is_404(files, clara, as_):
    as_(clara).post(at("remove_file", files[0]))
    assert as_(clara).post(at("remove_file", files[0])).status_code == 404


def test_a_file_of_another_request_is_404(files, in_review, rosa, custodian, clara, as_):
    other = stage.draft(rosa, custodian)
    other.submit(by=rosa)
    address = reverse("remove_file", args=[other.public_id, files[0].pk])
    assert as_(clara).post(address).status_code == 404


@pytest.mark.parametrize("pk", [0, 2**63, 10**30])
def test_an_id_that_can_not_be_is_404(pk, pending, clara, as_):
    assert as_(clara).post(reverse("remove_file", args=[pending.public_id, pk])).status_code == 404


def test_a_reviewer_may_not_remove(files, dora, as_):
    assert as_(dora).post(at("remove_file", files[0])).status_code == 403
