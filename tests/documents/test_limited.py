"""The limits hold for any program; these programs are hostile on purpose."""

import os
import subprocess
import sys

import pytest

from documents import limited

MIB = 1024 * 1024


@pytest.fixture
def program(monkeypatch, tmp_path):
    """Make `run` start the given Python as if it were a program of ours."""
    package = tmp_path / "documents" / "child"
    package.mkdir(parents=True)
    (package.parent / "__init__.py").touch()
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text((limited.ROOT / "documents/child/__main__.py").read_text())
    monkeypatch.setattr(limited, "ROOT", tmp_path)

    def run(body, **limits):
        (package / "hostile.py").write_text(f"def main(job, report):\n    report(began=True)\n    {body}\n")
        return limited.run("hostile", {}, limits=limited.Limits(**limits))

    return run


def test_what_it_reports_comes_back(program):
    assert program("report(pages=3)") == [{"began": True}, {"pages": 3}]


def test_memory_is_limited(program):
    assert program("bytearray(600 * 1024 * 1024)", memory=512 * MIB)[-1] == {"refused": "too_much"}


def test_processor_time_is_limited(program):
    with pytest.raises(limited.ChildFailed):
        program("while True: pass", cpu=1, wall=20)


def test_waiting_is_limited(program):
    with pytest.raises(limited.ChildFailed):
        program("__import__('time').sleep(60)", wall=1)


def test_what_it_writes_is_limited(program, tmp_path):
    with pytest.raises(limited.ChildFailed):
        program(f"open({str(tmp_path / 'big')!r}, 'wb').write(b'x' * 2_000_000)", output=MIB)


def test_what_was_said_before_the_end_is_not_lost(program):
    with pytest.raises(limited.ChildFailed) as failed:
        program("__import__('os').abort()")
    assert failed.value.reports == [{"began": True}]


def test_what_libraries_print_is_not_taken_for_a_report(program):
    assert program("print('{\"pages\": 9}')") == [{"began": True}]


def test_no_secret_of_ours_is_in_its_environment(program, monkeypatch):
    monkeypatch.setenv("STRIPE_SECRET_KEY", "secret")
    assert program("report(**dict(__import__('os').environ))")[-1].keys() <= {
        "PATH",
        "PYTHONPATH",
        "LC_ALL",
        "HOME",
        "TMPDIR",
        "LC_CTYPE",
    }


def test_no_program_loads_django():
    loads = (
        "import sys, documents.child.assemble, documents.child.previews, documents.child.inspect, "
        "documents.child.text, documents.child.office; print('django' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", loads], cwd=limited.ROOT, capture_output=True, check=True)
    assert said.stdout.strip() == b"False"


def test_a_child_does_not_outlive_its_parent(tmp_path):
    mark = tmp_path / "pid"
    body = f"open({str(mark)!r}, 'w').write(str(__import__('os').getpid())); __import__('time').sleep(60)"
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(root=str(limited.ROOT), body=body, tmp=str(tmp_path))]
    )
    while not (mark.exists() and mark.read_text()):
        assert parent.poll() is None
    parent.kill()
    parent.wait()
    for _wait in range(100):
        if not os.path.exists(f"/proc/{mark.read_text()}") or _is_zombie(mark.read_text()):
            return
        __import__("time").sleep(0.05)
    pytest.fail("The child still runs.")


def _is_zombie(pid):
    try:
        return open(f"/proc/{pid}/stat").read().split()[2] == "Z"
    except FileNotFoundError:
        return True


PARENT = """
import sys, pathlib
sys.path.insert(0, {root!r})
from documents import limited
child = pathlib.Path({tmp!r}) / "documents" / "child"
child.mkdir(parents=True)
(child.parent / "__init__.py").touch()
(child / "__init__.py").touch()
(child / "__main__.py").write_text((limited.ROOT / "documents/child/__main__.py").read_text())
(child / "sleeper.py").write_text("def main(job, report):\\n    " + {body!r})
limited.ROOT = child.parents[1]
limited.run("sleeper", {{}})
"""
