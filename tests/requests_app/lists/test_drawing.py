"""Rows are drawn without a template; what people typed stays text all the same."""

import pytest

from requests_app.lists import Column, table_rows
from requests_app.lists.cells import drawn, two_lines
from requests_app.lists.walks import Walk
from requests_app.models import RecordRequest

EVIL = "\"><script>alert('1')</script>"
ESCAPED = "&quot;&gt;&lt;script&gt;alert(&#x27;1&#x27;)&lt;/script&gt;"


def test_parts_are_escaped_once():
    assert drawn("<b>{}</b>", EVIL) == f"<b>{ESCAPED}</b>"
    assert drawn("<i>{}</i>", drawn("<b>{}</b>", "&")) == "<i><b>&amp;</b></i>"


def test_braces_in_a_name_are_only_braces():
    assert "{0.__class__}" in two_lines("{0.__class__}", "")


def test_a_cell_that_forgets_to_draw_is_escaped():
    column = Column("name", EVIL, str, cell=lambda row: row, css="num")
    assert table_rows([EVIL], [column]) == (f'<tr><td class="num" data-label="{ESCAPED}">{ESCAPED}</td></tr>')


@pytest.mark.parametrize("page", ["inbound", "outbound"])
def test_a_hostile_name_does_nothing_in_a_list(page, as_, rosa, clara, pending):
    patient = pending.patient
    patient.last_name = EVIL
    patient.save()
    html = as_(clara if page == "inbound" else rosa).get(f"/{page}/").content.decode()
    assert ESCAPED in html
    assert EVIL not in html


@pytest.mark.django_db
def test_a_walk_through_several_states_is_written_once_for_each():
    walk = Walk(RecordRequest.objects.filter(is_rush=True), ("qa", "pending"))
    (one, params), (two, others) = walk.statements(lambda rows: rows.values("pk"))
    assert one == two
    assert ("qa" in params, "pending" in others) == (True, True)


@pytest.mark.django_db
def test_a_walk_that_can_find_nothing_is_left_out():
    assert list(Walk(RecordRequest.objects.none(), ("qa",)).statements(lambda rows: rows)) == []
