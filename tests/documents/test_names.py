import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.names import LONGEST, cleaned, ending


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("scan.pdf", "scan.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\Jane\\scan.pdf", "scan.pdf"),
        ("sc\0an\r\n.pdf", "scan.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe"),
        ("a\ud800b.pdf", "ab.pdf"),
        ("Röntgenbild 2.pdf", "Röntgenbild 2.pdf"),
        ("  .. ", "file"),
        ("", "file"),
        (None, "file"),
    ],
)
def test_a_name_keeps_what_is_harmless(given_name, kept):
    assert cleaned(given_name) == kept


def test_a_long_name_keeps_its_ending():
    assert cleaned("a" * 400 + ".pdf") == "a" * (LONGEST - 4) + ".pdf"


@given(st.text(max_size=600))
def test_any_name_comes_out_harmless(name):
    kept = cleaned(name)
    assert 0 < len(kept) <= LONGEST
    assert not set(kept) & set("/\\\0\r\n\u202e\u2066")
    kept.encode()


@pytest.mark.parametrize(
    ("name", "expected"), [("a.PDF", "pdf"), ("a.tar.gz", "gz"), ("noend", ""), (".pdf", "")]
)
def test_an_ending_is_what_stands_behind_the_last_dot(name, expected):
    assert ending(name) == expected
