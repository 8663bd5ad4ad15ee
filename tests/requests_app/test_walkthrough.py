"""`manage.py walkthrough` proves an installation, and touches nothing of it."""

import io

import pytest
from django.core.management import CommandError, call_command

from requests_app.management.commands.walkthrough import surroundings
from tests.documents import make


def walk(*records, out, state="GA"):
    call_command("walkthrough", "--records", *records, "--state", state, "--out", out, stdout=io.StringIO())


@pytest.mark.parametrize(
    "name",
    ["STRIPE_SECRET_KEY", "STRIPE_SECRET_KEY_FILE", "DATABASE_URL_FILE", "KEYSET_FILE", "KEYSET_KMS_URI"],
)
def test_it_knows_nothing_of_the_real_bank_database_or_keys(monkeypatch, name):
    monkeypatch.setenv(name, "/run/secrets/real")
    assert name not in surroundings("scratch")


def test_the_three_papers_are_left_behind(tmp_path, capfd):
    records = tmp_path / "records.pdf"
    records.write_bytes(make.pdf(2))
    walk(records, out=tmp_path / "out")
    papers = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert papers == ["authorization.pdf", "invoice.pdf", "release.pdf"]
    assert "Completed" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("content", "sentence"), [(None, "There is no file"), (b"no pdf", "kind of file"), (b"", "is empty")]
)
def test_a_file_that_cant_be_used_ends_it_with_a_sentence(tmp_path, content, sentence):
    records = tmp_path / "records.pdf"
    if content is not None:
        records.write_bytes(content)
    with pytest.raises(CommandError, match=sentence):
        walk(records, out=tmp_path / "out")


def test_an_unknown_state_is_refused(tmp_path):
    with pytest.raises(CommandError, match="not a state"):
        walk(tmp_path / "records.pdf", out=tmp_path, state="XX")
