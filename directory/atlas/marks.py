"""Results on the map: one mark for each, or for several that stand too close to be hit apart."""

from dataclasses import dataclass
from math import hypot

from directory.atlas.window import LEAST, Window

# Of the window's width: 44 px, which a finger needs, on the narrowest map (286 px, on a screen of 320).
REACH = 0.154


@dataclass
class Mark:
    """`results` in the order of the list, the first of which stands where the mark does; `points` are theirs."""

    results: list
    points: list

    @property
    def point(self):
        return self.points[0]

    @property
    def first(self):
        return self.results[0]

    @property
    def keys(self):
        return [one.key for one in self.results]

    def opened(self, window):
        """The narrower window in which these are apart; None where they can't be, or there is but one."""
        if len(self.results) == 1 or window.width <= LEAST:
            return None
        fitted = Window.around(self.points, least=LEAST)
        return Window.near(fitted.x, fitted.y, min(fitted.width, window.width / 2))


def gathered(placed, window):
    """The marks of what lies in the window; no two are nearer to each other than REACH. `placed`: (result, point).

    Whoever is first in the list keeps its place, and those near it join: the mark doesn't move to a middle
    where nobody is.
    """
    reach, marks = window.width * REACH, []
    for result, point in placed:
        if not window.holds(point):
            continue
        near = next((one for one in marks if _apart(one.point, point) < reach), None)
        if near is None:
            marks.append(Mark([result], [point]))
        else:
            near.results.append(result)
            near.points.append(point)
    return marks


def _apart(one, other):
    return hypot(one[0] - other[0], one[1] - other[1])
