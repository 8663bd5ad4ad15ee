"""All that the page of a search needs for its map, and the part of the results that is listed beside it."""

from functools import cached_property

from localflavor.us.us_states import STATE_CHOICES

from directory.atlas import outlines, projection
from directory.atlas.marks import gathered
from directory.atlas.window import WHOLE, Window

# A mark is drawn for a map of so many pixels, and grows and shrinks with it.
_DRAWN_FOR = 400


class Chart:
    """The map of `found` (results in order), which fits them until somebody moves it.

    `moved_to` is the window that somebody moved it to; from then on the list holds what is in it. `picked` is the
    key of a result, `query` the search as a query string, without page and window.
    """

    def __init__(self, found, *, state="", moved_to=None, picked="", query="", per_page):
        self.found, self.state, self.picked = found, state, picked
        self.link = f"?{query}&" if query else "?"  # what every link on the map begins with
        self.is_moved, self.per_page = moved_to is not None, per_page
        points = [(one, _point(one)) for one in found]
        self.placed = [(one, point) for one, point in points if point]
        self.window = moved_to or self._fitted()

    def _fitted(self):
        if box := outlines.bounds().get(self.state):
            return Window.around([box[:2], box[2:]])
        return Window.around([point for _one, point in self.placed])

    @cached_property
    def listed(self):
        """What the list beside the map holds."""
        if not self.is_moved:
            return self.found
        return [one for one, point in self.placed if self.window.holds(point)]

    @property
    def without_place(self):
        """How many stand nowhere on the map."""
        return len(self.found) - len(self.placed)

    @cached_property
    def marks(self):
        """Each as the template draws it."""
        pages = {one.key: at // self.per_page + 1 for at, one in enumerate(self.listed)}
        return [self._drawn(mark, pages[mark.first.key]) for mark in gathered(self.placed, self.window)]

    def _drawn(self, mark, page):
        opened, count = mark.opened(self.window), len(mark.results)
        x, y = mark.point
        return {
            "id": mark.first.key,
            "first": mark.first.facts,
            "count": count,
            "transform": f"translate({x:.0f} {y:.0f}) scale({self.window.width / _DRAWN_FOR:g})",
            "keys": " ".join(mark.keys),
            "is_picked": self.picked in mark.keys,
            "opened": opened,
            "page": page,
        }

    @property
    def states(self):
        """(code, name, whether it is the one asked for) of those that are drawn."""
        names = dict(STATE_CHOICES)
        return [(code, names[code], code == self.state) for code in outlines.bounds()]

    @property
    def ways(self):
        """What the links beside the map do: the window they lead to, None where there is no way further."""
        window = self.window
        ways = {
            "in": window.zoomed(2),
            "out": window.zoomed(0.5) if window != WHOLE else window,
            "left": window.moved(-0.4, 0),
            "up": window.moved(0, -0.4),
            "down": window.moved(0, 0.4),
            "right": window.moved(0.4, 0),
        }
        return {name: None if to == window else to for name, to in ways.items()}


def _point(one):
    return projection.place(*one.point) if one.point else None
