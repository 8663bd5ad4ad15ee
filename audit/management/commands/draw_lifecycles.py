"""Draws every life cycle, from the table of moves that the machine obeys, into docs/state-machine.md."""

import sys

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django_fsm.management.commands.graph_transitions import all_fsm_fields_data

from audit.models import Lifecycle

HEAD = """# Life cycles

Drawn by `manage.py draw_lifecycles` from the code: buttons, the door that a move goes through
(`audit/models/door.py`) and this page read the same table. A test fails where this page is out of date.
(`manage.py graph_transitions` gives the same as a Graphviz file.)
"""


class Command(BaseCommand):
    help = "Draws the life cycles into docs/state-machine.md; with --check only says whether it is current."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        page = settings.BASE_DIR / "docs" / "state-machine.md"
        drawn = "\n".join([HEAD, *map(section, lifecycles())])
        if not check:
            page.write_text(drawn)
        elif not page.exists() or page.read_text() != drawn:
            raise CommandError("docs/state-machine.md is out of date; run manage.py draw_lifecycles.")


def lifecycles():
    """The fields that hold a state, of all models with a life."""
    models = [model for model in apps.get_models() if issubclass(model, Lifecycle)]
    return [field for model in models for field, _model in all_fsm_fields_data(model)]


def section(field):
    """A heading, the diagram and the list of one life's moves, as Markdown."""
    model, label = field.model, dict(field.choices)
    moves = sorted(
        (move for move in field.get_all_transitions(model)),
        key=lambda move: (list(label).index(move.source), list(label).index(move.target), move.name),
    )
    endings = [state for state in label if state not in {move.source for move in moves}]
    diagram = [f"    [*] --> {field.default}"]
    diagram += [f'    state "{name}" as {state}' for state, name in label.items()]
    diagram += [f"    {move.source} --> {move.target}: {move.name}" for move in moves]
    diagram += [f"    {state} --> [*]" for state in endings]
    rows = {}
    for move in moves:
        rows.setdefault((move.name, move.target), []).append(str(label[move.source]))
    table = [
        f"| `{name}` | {', '.join(sources)} | {label[target]} | {who(model, name)} | {says(model, name)} |"
        for (name, target), sources in rows.items()
    ]
    return "\n".join(
        [
            f"## {model._meta.verbose_name.capitalize()}",
            "",
            "```mermaid",
            "stateDiagram-v2",
            *diagram,
            "```",
            "",
            "| move | from | to | permission | what it does |",
            "| --- | --- | --- | --- | --- |",
            *table,
            "",
        ]
    )


def who(model, name):
    """The permission's name in its module (one that a function made has no telling name of its own)."""
    permission = getattr(model, name).permission
    if not permission:
        return "whoever calls it"
    known = vars(sys.modules[permission.__module__]).items()
    return (
        "`" + next((known_as for known_as, value in known if value is permission), permission.__name__) + "`"
    )


def says(model, name):
    return (getattr(model, name).__doc__ or "").strip().partition("\n")[0]
