import pytest

from bench import registry_file
from directory.registry import columns, reading, run

NAMES = registry_file.header()
FACTS = columns.NEEDED | columns.WELCOME
ONE = {
    "npi": "1497758544",
    "kind": "2",
    "organization": "PINE HOLLOW HOSPITAL, INC",
    "street": "12 ELM ST",
    "city": "HOLTSVILLE",
    "state": "NY",
    "zip_code": "005011234",
    "country": "US",
    "phone": "6315550142",
    "code_1": "282N00000X",
    "code_2": "261QP2300X",
    "primary_2": "Y",
    "updated_on": "09/26/2011",
}
TWO = ONE | {
    "npi": "1487657433",
    "kind": "1",
    "organization": "",
    "first": "MARÍA",
    "last": "O'NEILL",
    "credential": "M.D.",
}


def line(said):
    row = [""] * len(NAMES)
    for fact, text in said.items():
        row[NAMES.index(FACTS[fact])] = text
    return ",".join(f'"{text}"' for text in row)


@pytest.fixture
def registry_csv(tmp_path):
    """Writes rows, each `{fact: text}` or a raw line, as the registry publishes them; returns the path."""

    def write(*rows, name="npidata_pfile_20250101-20250131.csv", header=None):
        path = tmp_path / name
        lines = [header or ",".join(f'"{one}"' for one in NAMES)]
        lines += [row if isinstance(row, str) else line(row) for row in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write


def take(path, batches=None, *, again=False):
    """Import a file; with `batches`, stopped behind that many, as by a kill."""
    with reading.opened(path) as source:
        this = run.begin(path, again=again)
        for number, _ in enumerate(run.finish(this, source), start=1):
            if number == batches:
                break
    this.refresh_from_db()
    return this
