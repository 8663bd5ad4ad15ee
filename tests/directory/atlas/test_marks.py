"""Every result has its mark, and each mark can be hit."""

import random
from math import dist
from types import SimpleNamespace

from directory.atlas.marks import REACH, gathered
from directory.atlas.window import LEAST, WHOLE, Window


def placed(*points):
    return [(SimpleNamespace(key=f"n{at}"), point) for at, point in enumerate(points)]


def some(count, seed=1):
    drawn = random.Random(seed)  # noqa: S311
    return placed(*((drawn.uniform(0, 10_000), drawn.uniform(0, 7_500)) for _ in range(count)))


def test_no_two_marks_are_nearer_than_a_finger_needs():
    marks = gathered(some(200), WHOLE)
    apart = [dist(one.point, other.point) for one in marks for other in marks if one is not other]
    assert min(apart) >= REACH * WHOLE.width


def test_everybody_is_in_one_mark():
    results = some(200)
    held = [key for mark in gathered(results, WHOLE) for key in mark.keys]
    assert sorted(held) == sorted(one.key for one, _point in results)


def test_whoever_is_first_in_the_list_keeps_its_place():
    mark, other = gathered(placed((500, 500), (9000, 500), (600, 500)), WHOLE)
    assert mark.point == (500, 500)
    assert mark.keys == ["n0", "n2"]
    assert other.keys == ["n1"]


def test_what_lies_outside_has_no_mark():
    assert gathered(placed((500, 500)), Window(9000, 5000, 1000)) == []


def test_nearer_they_come_apart():
    results = placed((500, 500), (600, 500))
    (mark,) = gathered(results, WHOLE)
    nearer = mark.opened(WHOLE)
    assert nearer.width <= WHOLE.width / 2
    assert len(gathered(results, nearer)) == 2


def test_each_opening_is_narrower_until_there_is_none():
    """Two in one place never come apart; the way ends."""
    window, results = WHOLE, placed((500, 500), (500, 500))
    for _ in range(20):
        (mark,) = gathered(results, window)
        opened = mark.opened(window)
        if opened is None:
            break
        assert opened.width < window.width
        window = opened
    assert window.width == LEAST


def test_a_single_one_opens_nothing():
    assert gathered(placed((500, 500)), WHOLE)[0].opened(WHOLE) is None
