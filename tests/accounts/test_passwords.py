"""What is among the first passwords tried is refused, however long; what is only plain is not (product 2.1)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError


@pytest.mark.parametrize(
    "password",
    [
        "123456789123456789",
        "passwordpassword",
        "passwordpasswordpassword",
        "Password Password",
        "password123456789",
        "2026!Password!2026",
        "ｐａｓｓｗｏｒｄ12345678",
        "football2026football2026",
        "aaaaaaaaaaaaaaaa",
        "ababababababababab",
        "111222333111222333",
        "abcdefghijklmnop",
        "ponmlkjihgfedcba",
        "3456789012345678",
        "6543210987654321",
        "ChartRequest-2026-2026",
        "qwertyuiop123456",
    ],
)
def test_what_is_tried_first_is_refused(password):
    with pytest.raises(ValidationError) as refused:
        validate_password(password)
    assert refused.value.error_list[0].code == "password_too_common"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "green kettle by the window",
        "green kettle green kettle",
        "password of my aunt Thea",
        "83029441765920183",
        "зелёный чайник у окна",
        "緑のやかんが窓辺で歌っている朝",
    ],
)
def test_a_few_words_or_plain_chance_are_fine(password):
    validate_password(password)
