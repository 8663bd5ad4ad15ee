"""The picture of the states is made of arcs that neighbors share."""

import re

from django.conf import settings
from localflavor.us.us_states import STATE_CHOICES

from directory.atlas import outlines
from directory.atlas.drawing import picture, simplified

# Two squares in Kansas that share the border of arc 0: steps of tenths of a degree from 100° W, 38° N.
SQUARES = {
    "transform": {"scale": [0.1, 0.1], "translate": [-100, 38]},
    "arcs": [
        [[10, 0], [0, 10]],
        [[10, 10], [-10, 0], [0, -10], [10, 0]],
        [[10, 10], [10, 0], [0, -10], [-10, 0]],
    ],
    "objects": {
        "states": {
            "geometries": [
                {"type": "Polygon", "id": "1", "arcs": [[0, 1]]},
                {"type": "MultiPolygon", "id": "2", "arcs": [[[0, 2]]]},
            ]
        }
    },
}


def corners(drawn, state):
    path = re.search(f'id="{state}".* d="(.*)"', drawn)[1]
    numbers, at, there = [int(one) for one in re.findall(r"-?\d+", path)], (0, 0), set()
    for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
        at = at[0] + dx, at[1] + dy
        there.add(at)
    return there


def test_neighbors_share_their_border():
    drawn = picture(SQUARES, {"1": "AA", "2": "BB"})
    one, other = corners(drawn, "AA"), corners(drawn, "BB")
    assert len(one) == len(other) == 4
    assert len(one & other) == 2


def test_what_is_left_out_is_near_the_line():
    assert simplified([(0, 0), (5, 1), (10, 0)], tolerance=2) == [(0, 0), (10, 0)]
    assert simplified([(0, 0), (5, 3), (10, 0)], tolerance=2) == [(0, 0), (5, 3), (10, 0)]


def test_a_closed_line_stays_one():
    square = [(0, 0), (9, 0), (9, 9), (0, 9), (0, 0)]
    assert simplified(square, tolerance=2) == square


def test_every_state_that_can_be_asked_for_is_drawn():
    abroad = {"AA", "AE", "AP"}  # the armed forces'
    assert set(outlines.bounds()) == {code for code, _name in STATE_CHOICES} - abroad


def test_the_picture_is_light():
    assert (settings.BASE_DIR / "static" / outlines.PICTURE).stat().st_size < 40_000
