"""Every worked example of data/fee_examples.json, by its row, by the command, and by choice."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.billing.fees.cases import quoted, row_price

pytestmark = pytest.mark.django_db
EXAMPLES = json.loads((Path(__file__).parents[3] / "data" / "fee_examples.json").read_text())
# what the law of a row allows, product 7.3 lowers: the flat option is the patient's
LOWER_FOR_THE_PATIENT = {("ct-general", 200): ("us-hipaa-patient-flat", "6.50")}


def named(example):
    return f"{example['schedule']}-{example['pages']}"


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_row_gives_the_worked_total(example):
    priced = row_price(example["schedule"], example["pages"], **example.get("options", {}))
    assert str(priced.total) == example["expected_total"]
    assert priced.is_complete


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_command_gives_the_worked_total(example):
    flags = [f"--{name}" for name in example.get("options", {})]
    out = io.StringIO()
    call_command(
        "quote",
        "--schedule",
        example["schedule"],
        "--pages",
        str(example["pages"]),
        "--json",
        *flags,
        stdout=out,
    )
    answer = json.loads(out.getvalue())
    assert (answer["schedule"], answer["total"]) == (example["schedule"], example["expected_total"])


@pytest.mark.parametrize("example", EXAMPLES, ids=named)
def test_the_case_leads_to_the_row(example):
    priced = quoted(
        example["state"],
        example["requestor"],
        example["medium"],
        example["pages"],
        example["custodian_kind"],
        **example.get("options", {}),
    )
    expected = (example["schedule"], example["expected_total"])
    expected = LOWER_FOR_THE_PATIENT.get((example["schedule"], example["pages"]), expected)
    assert (priced.schedule_code, str(priced.total)) == expected
