"""What people and machines type that no field means (trust.md, "Bad input")."""

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(2)>"
TEXTS = {
    "empty": "",
    "spaces": "   \t\n",
    "NUL": "a\0b",
    "a lone surrogate": b"a\xed\xa0\x80b",
    "a turned reading order": "fdp.\u202eexe",
    "a million characters": "x" * 1_000_000,
    "markup": MARKUP,
    "a template": "{{ 7|add:7 }}{% debug %}${7*7}",
    "a formula": '=HYPERLINK("http://evil.example","x")',
    "another type's id": "9223372036854775808",
    "a negative": "-1",
    "a date of the year 1": "01/01/0001",
    "a day that isn't": "04/31/2020",
    "the far future": "12/31/9999",
    "not a number": "NaN",
    "infinity": "1e309",
    "Arabic digits": "\u0661\u0662\u0663",
}
