import pytest
from django.core.management import CommandError, call_command
from django_fsm import ANY_STATE

from audit.management.commands import draw_lifecycles
from requests_app.models import RecordRequest

STATE = RecordRequest._meta.get_field("state")


def test_the_drawn_page_is_current():
    call_command("draw_lifecycles", check=True)


def test_a_page_that_is_out_of_date_is_told(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    with pytest.raises(CommandError, match="out of date"):
        call_command("draw_lifecycles", check=True)


def test_drawing_brings_it_up_to_date(settings, tmp_path):
    (tmp_path / "docs").mkdir()
    settings.BASE_DIR = tmp_path
    call_command("draw_lifecycles")
    call_command("draw_lifecycles", check=True)


def test_each_move_of_the_machine_is_drawn():
    drawn = draw_lifecycles.section(STATE)
    for move in STATE.get_all_transitions(RecordRequest):
        assert move.source != ANY_STATE
        assert f"{move.source} --> {move.target}: {move.name}" in drawn


def test_the_end_of_a_life_is_drawn_as_one():
    assert "abandoned --> [*]" in draw_lifecycles.section(STATE)
