"""The release is for the people who asked, once it is delivered; each download is written down."""

import pytest
from django.urls import reverse

from audit.models import Activity
from outbox.queue import run_due
from tests import stage

pytestmark = pytest.mark.django_db


@pytest.fixture
def completed(pending, clara):
    stage.priced(pending, clara)
    pending.invoices.get().settle(by=clara)
    run_due()
    pending.refresh_from_db()
    return pending


def release_of(record_request):
    return reverse("download_release", args=[record_request.public_id])


def downloads(record_request):
    entries = Activity.objects.of(record_request).filter(event="downloaded")
    return list(entries.values_list("actor_name", flat=True))


def test_the_firm_gets_the_release(as_, rosa, completed):
    answer = as_(rosa).get(release_of(completed))
    assert b"".join(answer.streaming_content) == completed.release.document.read()
    assert answer["Content-Disposition"] == f'attachment; filename="{completed}.pdf"'
    assert "no-store" in answer["Cache-Control"]


def test_each_download_is_written_down(as_, rosa, ruth, completed):
    for member in (rosa, rosa, ruth):
        assert b"".join(as_(member).get(release_of(completed)).streaming_content).startswith(b"%PDF")
    assert downloads(completed) == ["Rosa Example", "Rosa Example", "Ruth Example"]


def test_asking_for_the_head_alone_is_no_download(as_, rosa, completed):
    assert as_(rosa).head(release_of(completed)).status_code == 200
    assert downloads(completed) == []


def test_nobody_else_gets_it(as_, client, rosa, clara, sam, completed):
    assert as_(sam).get(release_of(completed)).status_code == 404
    assert as_(clara).get(release_of(completed)).status_code == 403
    client.logout()
    assert "/login" in client.get(release_of(completed)).url
    rosa.role.permissions = ["make_requests"]
    rosa.role.save()
    assert as_(rosa).get(release_of(completed)).status_code == 403
    assert downloads(completed) == []


def test_before_it_is_delivered_there_is_nothing(as_, rosa, pending, clara):
    assert as_(rosa).get(release_of(pending)).status_code == 404
    stage.priced(pending, clara)
    pending.invoices.get().settle(by=clara)
    assert as_(rosa).get(release_of(pending)).status_code == 404


def test_a_removed_member_gets_it_no_longer(as_, rosa, completed):
    browser = as_(rosa)
    rosa.removed_at = completed.completed_at
    rosa.save()
    assert browser.get(release_of(completed)).status_code == 404


def test_both_sides_read_the_authorization(as_, rosa, clara, sam, pending):
    address = reverse("authorization_file", args=[pending.public_id])
    for member in (rosa, clara):
        assert as_(member).get(address).status_code == 200
    assert as_(sam).get(address).status_code == 404
    entries = Activity.objects.of(pending).filter(event="downloaded_authorization")
    assert list(entries.values_list("actor_name", flat=True)) == ["Rosa Example", "Clara Example"]


def test_a_page_of_the_authorization_is_a_picture(as_, clara, pending):
    answer = as_(clara).get(reverse("authorization_page", args=[pending.public_id, 1]))
    assert answer["Content-Type"] == "image/jpeg"
    assert Activity.objects.of(pending).filter(event="viewed_authorization").count() == 1


@pytest.mark.parametrize("number", [0, 2, 2**63])
def test_a_page_it_does_not_have_is_not_found(as_, clara, pending, number):
    answer = as_(clara).get(reverse("authorization_page", args=[pending.public_id, number]))
    assert answer.status_code == 404
    assert not Activity.objects.of(pending).filter(event="viewed_authorization").exists()
