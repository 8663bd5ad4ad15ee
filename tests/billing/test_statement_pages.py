""" "Statements" on screen, as PDF and CSV, for one's own people and for ops (product 7.9)."""

import csv
import io

import pypdf
import pytest
from django.urls import reverse

from billing.statements import views
from tests import cast
from tests.billing import books, purse

pytestmark = pytest.mark.django_db
OCTOBER = {"begins_on": "10/01/2026", "ends_on": "10/31/2026"}


@pytest.fixture(autouse=True)
def today():
    with books.on("2026-11-25"):
        yield


@pytest.fixture
def bill(rosa, custodian):
    return books.invoiced(rosa, custodian, "1234.50")


def text_of(answer):
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.content)).pages)


def rows_of(answer):
    return list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


def test_it_shows_what_happened_and_what_is_open(as_, rosa, bill):
    page = as_(rosa).get(reverse("statements"), OCTOBER).content.decode()
    assert page.count(bill.number) == 2
    assert "$1,234.50" in page
    assert "2 days late" in page


def test_without_a_period_it_is_this_month_s(as_, rosa, bill):
    answer = as_(rosa).get(reverse("statements"))
    made = answer.context["statement"]
    assert (str(made.begins_on), str(made.ends_on)) == ("2026-11-01", "2026-11-25")
    assert "Nothing happened in these days" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"begins_on": ""}, "Fill in the date"),
        ({"begins_on": "02/30/2026"}, "is not a date"),
        ({"ends_on": "11/26/2026"}, "today at the latest"),
        ({"begins_on": "11/01/2026"}, "before the first"),
        ({"begins_on": "01/01/0001"}, "too long ago"),
    ],
)
@pytest.mark.parametrize("name", ["statements", "statement_pdf"])
def test_what_is_no_period_is_said_beside_its_field(as_, rosa, name, typed, said):
    answer = as_(rosa).get(reverse(name), OCTOBER | typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_paper_says_the_same(as_, rosa, bill):
    text = text_of(as_(rosa).get(reverse("statement_pdf"), OCTOBER))
    assert bill.number in text
    assert "$1,234.50 open" in text
    assert "Smith Law" in text
    assert "Wright" not in text


def test_the_csv_says_the_same(fresh, rosa, bill):
    rows = rows_of(fresh(rosa).get(reverse("statement_csv"), OCTOBER))
    assert [row[1] for row in rows] == ["Entry", "Opening balance", "Invoice", "Closing balance"]
    assert rows[-1][-1] == "1234.50"


def test_everywhere_the_payer_s_own_case_number_stands_beside_the_id(fresh, rosa, bill):
    case, browser = "24-CV-1187", fresh(rosa)
    assert browser.get(reverse("statements"), OCTOBER).content.decode().count(case) == 2
    assert case in text_of(browser.get(reverse("statement_pdf"), OCTOBER))
    rows = rows_of(browser.get(reverse("statement_csv"), OCTOBER))
    assert case in rows[2]
    assert len({len(row) for row in rows}) == 1


def test_the_csv_asks_for_a_fresh_sign_in(as_, rosa):
    assert "reauthenticate" in as_(rosa).get(reverse("statement_csv"), OCTOBER)["Location"]


def test_what_is_too_long_to_read_is_a_csv(fresh, rosa, bill, monkeypatch):
    monkeypatch.setattr(views, "MOST_SHOWN", 0)
    for name in ("statements", "statement_pdf"):
        answer = fresh(rosa).get(reverse(name), OCTOBER)
        assert answer.status_code == 422
        assert "too many to show" in answer.content.decode()
    assert len(rows_of(fresh(rosa).get(reverse("statement_csv"), OCTOBER))) == 4


def test_who_may_not_pay_reads_none(as_, ruth):
    ruth.role.permissions = ["view_requests"]
    ruth.role.save()
    for name in ("statements", "statement_pdf", "statement_csv", "w9_pdf"):
        assert as_(ruth).get(reverse(name)).status_code == 403


def test_my_organization_leads_there(as_, rosa):
    assert reverse("statements") in as_(rosa).get(reverse("my_organization")).content.decode()


def test_the_w_9_names_the_payee(as_, rosa, settings):
    text = text_of(as_(rosa).get(reverse("w9_pdf")))
    assert settings.OPERATOR["tax_id"] in text
    assert "Under penalties of perjury" in text
    assert "need not be signed" in text


def test_a_w_9_can_be_signed(as_, rosa, settings):
    settings.OPERATOR = settings.OPERATOR | {"signer": "Pat Morgan, CFO", "signed_on": "01/05/2026"}
    text = text_of(as_(rosa).get(reverse("w9_pdf")))
    assert "Pat Morgan, CFO" in text
    assert "need not be signed" not in text


@pytest.fixture
def ops(client, olga):
    return purse.sign_in(client, type("As", (), {"person": olga}))


def test_ops_see_who_owes_what_by_how_late(ops, bill):
    page = ops.get(reverse("admin:billing_receivables")).content.decode()
    assert reverse("admin:billing_statement", args=[bill.organization_id]) in page
    assert page.count("$1,234.50") == 4  # the firm's and all together: 1-30 days late, total


def test_ops_take_it_away_as_csv(ops, bill):
    bill.organization.name = "=HYPERLINK(1)"
    bill.organization.save()
    rows = rows_of(ops.get(reverse("admin:billing_receivables_csv")))
    assert rows[1] == ["'=HYPERLINK(1)", "0.00", "1234.50", "0.00", "0.00", "0.00", "0.00", "1234.50"]
    assert rows[2][-1] == "1234.50"


def test_ops_read_an_organization_s_statement(ops, bill):
    at = [bill.organization_id]
    assert bill.number in ops.get(reverse("admin:billing_statement", args=at), OCTOBER).content.decode()
    assert bill.number in text_of(ops.get(reverse("admin:billing_statement_pdf", args=at), OCTOBER))
    assert rows_of(ops.get(reverse("admin:billing_statement_csv", args=at), OCTOBER))[2][2] == bill.number


def test_ops_are_told_what_is_no_period_and_nobody(ops, bill):
    at = reverse("admin:billing_statement", args=[bill.organization_id])
    assert ops.get(at, OCTOBER | {"ends_on": "x"}).status_code == 422
    assert ops.get(reverse("admin:billing_statement", args=[2**31])).status_code == 404


def test_who_may_not_read_the_ledger_sees_no_receivables(client):
    browser = purse.sign_in(client, type("As", (), {"person": cast.staff("onno")}))
    assert browser.get(reverse("admin:billing_receivables")).status_code == 403


def test_what_is_late_waits_for_ops(ops, bill):
    assert "Invoices past their due day" in ops.get(reverse("admin:index")).content.decode()
