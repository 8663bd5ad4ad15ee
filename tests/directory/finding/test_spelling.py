"""What may have been meant by a word: one wrong letter in any word, two in a long one."""

import pytest

from directory.finding import spelling
from directory.models import Word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def vocabulary():
    words = {"reed": 3, "reid": 9, "lakeside": 5, "lakesite": 2, "cardiology": 4}
    Word.objects.bulk_create(Word(text=text, count=count) for text, count in words.items())


@pytest.mark.parametrize("typed", ["lakesied", "akeside", "lakeeside", "lakezide", "lakesid", "lakesidee"])
def test_one_letter_swapped_left_out_added_or_changed_is_forgiven(typed):
    assert spelling.meant(typed)[0] == "lakeside"


@pytest.mark.parametrize("typed", ["rede", "ered"])
def test_swapped_letters_of_a_short_word_are_forgiven(typed):
    assert spelling.meant(typed) == ["reed"]


def test_the_more_frequent_one_comes_first():
    assert spelling.meant("reud") == ["reid", "reed"]


def test_two_wrong_letters_are_forgiven_in_a_long_word_alone():
    assert spelling.meant("cardeologi") == ["cardiology"]
    assert spelling.meant("eerd") == []


def test_a_nearer_word_keeps_out_the_farther_ones():
    assert "cardiology" in spelling.meant("cardiolgoy")
    assert spelling.meant("lakesidd") == ["lakeside"]
