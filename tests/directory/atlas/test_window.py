"""What is looked at can be moved and zoomed, never past the map."""

import pytest

from directory.atlas.window import LEAST, WHOLE, Window


def test_an_address_names_a_window():
    window = Window(2500, 1200, 800)
    assert Window.read(str(window)) == window


@pytest.mark.parametrize(
    "text", [None, "", "1,2", "1,2,x", "-1,2,3", "1,2,3,4", "²,2,3", "9999999,1,1", "1.5,2,3"]
)
def test_any_other_text_names_none(text):
    assert Window.read(text) is None


def test_nobody_looks_past_the_map():
    assert Window.read("999999,999999,999999") == Window(10_000, 7_500, 10_000)
    assert WHOLE.zoomed(0.5) == WHOLE
    assert Window(0, 100, 500).moved(-1, 0).x == 0


def test_nobody_comes_nearer_than_the_outlines_are_true():
    assert Window(100, 100, LEAST).zoomed(2).width == LEAST


def test_zooming_in_and_out_again_is_where_one_was():
    window = Window(2500, 1200, 800)
    assert window.zoomed(2).zoomed(0.5) == window


def test_a_window_around_points_holds_them_all():
    points = [(100, 200), (4000, 300), (900, 6000)]
    window = Window.around(points)
    assert all(window.holds(point) for point in points)
    assert not window.zoomed(2).holds(points[0])


def test_a_single_point_is_shown_with_what_is_around_it():
    assert 500 < Window.around([(3000, 3000)]).width < 1500


def test_without_points_all_of_the_map_is_shown():
    assert Window.around([]) == WHOLE
