"""Places come to stand where they are, on the mainland and on every island."""

import pytest

from directory.atlas import outlines
from directory.atlas.projection import Part, place
from directory.finding import places


def test_snyders_own_example():
    """Map Projections: A Working Manual, appendix A, Albers on the sphere of radius 1."""
    part = Part(20, 50, 40, (29.5, 45.5), (23, -96), (0, 0), 1)
    assert part.place(35, -75) == pytest.approx((0.2952720, -0.2416774), abs=1e-7)


CITIES = {
    "GA": "31201",
    "WA": "98101",
    "FL": "33101",
    "ME": "04101",
    "DC": "20001",
    "AK": "99501",
    "HI": "96813",
    "PR": "00901",
    "VI": "00802",
    "GU": "96910",
    "MP": "96950",
    "AS": "96799",
}


@pytest.mark.parametrize("state", CITIES)
def test_a_city_stands_in_its_state(state):
    x, y = place(*places.where(CITIES[state]))
    left, top, right, bottom = outlines.bounds()[state]
    assert left <= x <= right
    assert top <= y <= bottom


def test_the_end_of_alaska_lies_beyond_the_line_where_the_day_changes():
    attu, adak = place(52.9, 172.9), place(51.9, -176.6)
    assert attu[0] < adak[0]


def test_north_is_up_and_east_is_right():
    boston, miami, seattle = place(42.36, -71.06), place(25.78, -80.2), place(47.6, -122.3)
    assert seattle[0] < miami[0] < boston[0]
    assert boston[1] < miami[1]


@pytest.mark.parametrize("point", [(51.5, -0.1), (40, 77), (0, 0), (19.4, -99.1), (45.4, -30)])
def test_elsewhere_is_nowhere_on_the_map(point):
    assert place(*point) is None
