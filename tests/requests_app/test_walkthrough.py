"""`manage.py walkthrough` proves an installation, or says in one sentence why it can't."""

import io
import subprocess
import sys

import pikepdf
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests import stage


def walk(*words):
    call_command("walkthrough", *words, stdout=io.StringIO())


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--records", "nowhere.pdf", "--state", "GA"], r"no file nowhere\.pdf"),
        (["--records", __file__, "--state", "Narnia"], "“Narnia” is not a state"),
    ],
)
def test_what_can_not_be_used_is_named(tmp_path, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        walk(*words, "--out", str(tmp_path))


def test_it_goes_through_every_state_and_leaves_three_papers(tmp_path):
    records = tmp_path / "records.pdf"
    records.write_bytes(stage.pdf(3))
    done = subprocess.run(
        [
            sys.executable,
            "manage.py",
            "walkthrough",
            "--records",
            records,
            "--state",
            "AL",
            "--out",
            tmp_path / "out",
        ],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    states = [line.split()[0] for line in done.stdout.splitlines()[:-1]]
    assert states == ["Draft", "Pending", "Incomplete", "Pending", "QA", "Priced", "Ordered", "Completed"]
    with pikepdf.open(tmp_path / "out" / "release.pdf") as release:
        assert len(release.pages) == 1 + 3
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "release.pdf",
        "invoice.pdf",
        "authorization.pdf",
    }


def test_a_file_that_is_no_record_ends_it_with_its_sentence(tmp_path):
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 and no more")
    done = subprocess.run(
        [sys.executable, "manage.py", "walkthrough", "--records", broken, "--out", tmp_path / "out"],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "broken.pdf: " in done.stderr
