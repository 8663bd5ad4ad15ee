"""The part of the map that is looked at."""

from dataclasses import dataclass

from directory.atlas.projection import HEIGHT, WIDTH

LEAST = 160  # units: some 50 miles across
_FITTED = 700  # what was found is shown with what is around it
_ROOM = 1.3  # so that nothing that is fitted stands at the edge
_NEARLY_ALL = 0.8


@dataclass(frozen=True)
class Window:
    """A center and a width in units of the map; its height is in proportion to the map's own."""

    x: int
    y: int
    width: int

    @classmethod
    def near(cls, x, y, width):
        """The nearest one that there may be: from LEAST to all of the map, its center on the map."""
        width = _between(LEAST, width, WIDTH)
        return cls(_between(0, x, WIDTH), _between(0, y, HEIGHT), width)

    @classmethod
    def read(cls, text):
        """The window that an address names ("5000,3750,10000"), or None."""
        parts = (text or "").split(",")
        if len(parts) != 3 or not all(
            part.isascii() and part.isdecimal() and len(part) < 7 for part in parts
        ):
            return None
        return cls.near(*map(int, parts))

    @classmethod
    def around(cls, points, least=_FITTED):
        """The window that shows all of the points, at least so wide; all of the map where there are none."""
        if not points:
            return WHOLE
        xs, ys = zip(*points, strict=True)
        width = max(max(xs) - min(xs), (max(ys) - min(ys)) * WIDTH / HEIGHT) * _ROOM
        if width > WIDTH * _NEARLY_ALL:
            return WHOLE
        return cls.near((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, max(width, least))

    def __str__(self):
        return f"{self.x},{self.y},{self.width}"

    @property
    def height(self):
        return self.width * HEIGHT / WIDTH

    @property
    def view_box(self):
        return f"{self.x - self.width / 2:g} {self.y - self.height / 2:g} {self.width} {self.height:g}"

    def holds(self, point):
        return abs(point[0] - self.x) <= self.width / 2 and abs(point[1] - self.y) <= self.height / 2

    def zoomed(self, times):
        """Twice as near by 2, twice as far by .5."""
        return self.near(self.x, self.y, self.width / times)

    def moved(self, right, down):
        """By so many widths and heights."""
        return self.near(self.x + right * self.width, self.y + down * self.height, self.width)


def _between(least, value, most):
    return round(min(max(value, least), most))


WHOLE = Window(WIDTH // 2, HEIGHT // 2, WIDTH)
