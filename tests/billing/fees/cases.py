from datetime import date

from billing.fees import Book, Case, Facts, book, price, quote

TODAY = date(2026, 7, 1)


def facts(pages, **more):
    return Facts(pages=pages, on=TODAY, **more)


def row_price(code, pages, **more):
    """The Priced of one row alone."""
    return price(book().by_code(code), facts(pages, **more))


def quoted(state, requestor, medium, pages, kind="any", **more):
    return quote(book(), Case(state, requestor, medium, kind), facts(pages, **more))


def plain_row(**changes):
    """A row as the file would hold it; None takes the column out."""
    row = {
        "state": "ZZ", "code": "zz-general", "name": "Nowhere", "kind": "statutory", "custodian_kind": "any",
        "requestors": ["any"], "medium": ["any"], "base_fee": "5.00", "base_includes_pages": 0,
        "tiers": [{"from": 1, "to": 10, "rate": "1.00"}, {"from": 11, "rate": "0.50"}], "postage": "none",
        "free_rules": "", "citation": "Code 1", "effective": "", "indexed": "", "source": ["a page"],
        "agreement": 1, "confidence": "high", "note": "A note.",
    } | changes  # fmt: skip
    return {column: value for column, value in row.items() if value is not None}


def made(**changes):
    """A Schedule from a plain row."""
    return Book.of([plain_row(**changes)], "test").schedules[0]
