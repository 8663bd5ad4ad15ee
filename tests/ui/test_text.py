import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from chartrequest.forms import PlainTextField


def refusal(typed, **options):
    with pytest.raises(ValidationError) as refused:
        PlainTextField(**options).clean(typed)
    return refused.value.messages[0]


@pytest.mark.parametrize(
    "typed",
    ["José Ñandú-O’Brien", "李小龍", "Ægir Þór", "علي", "עדה", "नेहा",
     "\U0001f469\u200d\u2695\ufe0f", "<b>Ann</b>", "{{ 7*7 }}", "=SUM(A1)",
     "'; DROP TABLE x; --", "null", "undefined", "-1", "%s%n", "C:\\con", "../../etc/passwd"],
)  # fmt: skip
def test_what_people_write_is_kept_as_it_is(typed):
    assert PlainTextField().clean(typed) == typed


@pytest.mark.parametrize(
    "typed", ["a\0b", "a\ud800b", "a\u202etxt.exe", "a\u2066b", "\u200fa", "a\x1b[31m", "a\x7f"]
)
def test_what_can_not_be_shown_is_refused(typed):
    assert "can't be shown" in refusal(typed)


@pytest.mark.parametrize("typed", ["", "   ", "\u00a0\u2003", "\u200b\u200d", "\u3164", "\u2800", "\ufeff"])
def test_text_that_shows_nothing_is_empty(typed):
    assert refusal(typed) == "Fill this in."
    assert PlainTextField(required=False).clean(typed) == ""


def test_a_single_line_stays_one():
    assert PlainTextField().clean("  Ann \r\n Marie\t Lee ") == "Ann Marie Lee"


def test_several_lines_keep_their_breaks():
    assert PlainTextField(multiline=True).clean("first\r\nsecond") == "first\nsecond"


def test_accents_typed_in_two_ways_are_one_name():
    assert PlainTextField().clean("Jose\u0301") == PlainTextField().clean("José")


def test_a_million_characters_are_counted_in_the_refusal():
    assert refusal("x" * 1_000_000, max_length=80) == "Use at most 80 characters; this has 1000000."


@given(st.text())
def test_any_text_is_kept_or_refused_with_a_sentence(typed):
    try:
        kept = PlainTextField(required=False).clean(typed)
    except ValidationError as refused:
        assert refused.messages[0].endswith(".")  # noqa: PT017  (any text: some is refused)
    else:
        kept.encode()
        assert "\0" not in kept
        assert "\n" not in kept
