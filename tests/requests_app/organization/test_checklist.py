import pytest
from django.urls import reverse

from audit.models import Activity, MoveRefused
from requests_app import readiness
from requests_app.models import ChecklistItem, ChecklistTick
from requests_app.models.checklist import MOST_LINES
from requests_app.processing import review
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def lines(practice, clara):
    return [ChecklistItem.add(practice, text, by=clara) for text in ("Names match", "Dates fit", "No notes")]


def texts(practice):
    return [line.text for line in ChecklistItem.objects.of(practice)]


def at(name, line):
    return reverse(name, args=[line.pk])


def test_a_line_is_added_last_and_told(as_, practice, clara, lines):
    as_(clara).post(reverse("checklist"), {"text": "Nothing of a neighbor"})
    assert texts(practice) == ["Names match", "Dates fit", "No notes", "Nothing of a neighbor"]
    page = as_(clara).get(reverse("my_organization")).content.decode()
    assert "added to the review checklist: “Nothing of a neighbor”" in page


@pytest.mark.parametrize("bad", ["", "   ", "x" * 201, "a\0b", "‮Names", "Names match", "NAMES MATCH"])
def test_a_line_that_says_nothing_or_the_same_is_refused(as_, practice, clara, lines, bad):
    answer = as_(clara).post(reverse("checklist"), {"text": bad})
    assert answer.status_code == 422
    assert len(texts(practice)) == 3


def test_there_are_at_most_thirty(practice, clara):
    for number in range(MOST_LINES):
        ChecklistItem.add(practice, f"Line {number}", by=clara)
    with pytest.raises(MoveRefused, match="at most 30"):
        ChecklistItem.add(practice, "One more", by=clara)


def test_lines_move_one_place_and_stop_at_the_ends(as_, practice, clara, lines):
    as_(clara).post(at("checklist_move", lines[2]), {"direction": "up"})
    assert texts(practice) == ["Names match", "No notes", "Dates fit"]
    as_(clara).post(at("checklist_move", lines[0]), {"direction": "down"})
    assert texts(practice) == ["No notes", "Names match", "Dates fit"]
    count = Activity.objects.of(practice).count()
    as_(clara).post(at("checklist_move", lines[2]), {"direction": "up"})
    assert texts(practice) == ["No notes", "Names match", "Dates fit"]
    assert Activity.objects.of(practice).count() == count


def test_a_renamed_line_keeps_its_place_and_its_old_ticks_keep_their_words(
    as_, practice, clara, lines, in_review
):
    """Whoever ticked vouched for the old words; the review under way is asked for the new ones."""
    for line in lines:
        review.tick(in_review, line, by=clara, done=True)
    assert readiness.checklist_left(in_review) == []
    as_(clara).post(at("checklist_rename", lines[1]), {"text": "Dates fit the request"})
    assert texts(practice) == ["Names match", "Dates fit the request", "No notes"]
    assert [line.text for line in readiness.checklist_left(in_review)] == ["Dates fit the request"]
    assert ChecklistTick.objects.get(item=lines[1]).item.text == "Dates fit"
    page = as_(clara).get(reverse("my_organization")).content.decode()
    assert "“Dates fit” is “Dates fit the request” now" in page


def test_the_same_words_change_nothing(practice, clara, lines):
    assert lines[0].rename("Names match", by=clara) == lines[0]
    assert not Activity.objects.of(practice).filter(event="checklist_line_renamed").exists()


def test_renaming_to_another_line_is_refused(as_, practice, clara, lines):
    assert as_(clara).post(at("checklist_rename", lines[0]), {"text": "Dates fit"}).status_code == 422
    assert texts(practice) == ["Names match", "Dates fit", "No notes"]


def test_removing_asks_first_and_its_ticks_stay(as_, practice, clara, lines, in_review):
    review.tick(in_review, lines[0], by=clara, done=True)
    assert "Remove this line?" in as_(clara).get(at("checklist_remove", lines[0])).content.decode()
    as_(clara).post(at("checklist_remove", lines[0]))
    assert texts(practice) == ["Dates fit", "No notes"]
    assert in_review.ticks.get().item == lines[0]
    assert [line.text for line in readiness.checklist_left(in_review)] == ["Dates fit", "No notes"]


@pytest.mark.parametrize("name", ["checklist_rename", "checklist_remove", "checklist_move"])
def test_a_line_that_is_gone_is_404_and_so_is_a_stranger_s(as_, clara, lines, name):
    other = cast.member("pat", cast.organization("Peachtree Radiology", "provider"))
    assert as_(other).post(at(name, lines[0]), {"text": "Mine"}).status_code == 404
    lines[0].remove(by=clara)
    assert as_(clara).post(at(name, lines[0]), {"text": "Mine"}).status_code == 404


def test_who_meant_a_line_that_changed_meanwhile_is_told(clara, lines):
    lines[0].rename("Names and dates match", by=clara)
    with pytest.raises(MoveRefused, match="changed or removed meanwhile"):
        lines[0].remove(by=clara)


@pytest.mark.parametrize("name", ["checklist", "checklist_rename", "checklist_remove", "checklist_move"])
def test_only_who_manages_the_practice_comes_here(as_, client, carl, rosa, lines, name):
    address = reverse(name) if name == "checklist" else at(name, lines[0])
    assert "login" in client.post(address).url
    assert as_(carl).post(address, {"text": "Mine"}).status_code == 403
    assert as_(rosa).post(address, {"text": "Mine"}).status_code == 404
    assert [line.text for line in ChecklistItem.objects.all()] == ["Names match", "Dates fit", "No notes"]
