"""From latitude and longitude to the map: the 48 states together, Alaska, Hawaii and the islands in parts of their own.

Albers' equal-area conic on a sphere: J. P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395
(1987), pages 100 and 101. The map is WIDTH × HEIGHT units, from its upper left corner.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from math import cos, pi, radians, sin, sqrt

WIDTH, HEIGHT = 10_000, 7_500


@dataclass(frozen=True)
class Part:
    """What lies between two latitudes and within `reach` degrees of longitude of its center.

    `center` (latitude, longitude) comes to stand `at` (x, y); `scale` is in units for a radian on the ground.
    """

    south: float
    north: float
    reach: float
    parallels: tuple
    center: tuple
    at: tuple
    scale: float

    @cached_property
    def _cone(self):
        """n, C and rho of the center, as Snyder names them."""
        one, two = map(radians, self.parallels)
        n = (sin(one) + sin(two)) / 2
        c = cos(one) ** 2 + 2 * n * sin(one)
        return n, c, sqrt(c - 2 * n * sin(radians(self.center[0]))) / n

    def degrees_east(self, longitude):
        """How far east of the center, also across the line where the day changes."""
        return (longitude - self.center[1] + 180) % 360 - 180

    def holds(self, latitude, longitude):
        return self.south <= latitude <= self.north and abs(self.degrees_east(longitude)) <= self.reach

    def place(self, latitude, longitude):
        n, c, rho_of_center = self._cone
        rho = sqrt(c - 2 * n * sin(radians(latitude))) / n
        theta = n * self.degrees_east(longitude) * pi / 180
        x, y = self.at
        return x + self.scale * rho * sin(theta), y - self.scale * (rho_of_center - rho * cos(theta))


SCALE = 13_300
PARTS = (
    Part(24.3, 49.6, 30, (29.5, 45.5), (37.5, -96), (5100, 3420), SCALE),
    Part(51, 72, 35, (55, 65), (62, -154), (1250, 6470), SCALE * 0.35),  # Alaska
    Part(18.5, 22.6, 3.3, (19, 22), (20.6, -157.4), (3200, 6850), SCALE),  # Hawaii
    Part(
        17.5, 18.7, 2, (17.8, 18.4), (18.2, -66), (8900, 6850), SCALE * 2
    ),  # Puerto Rico, the Virgin Islands
    Part(13, 15.4, 1.5, (13.4, 15), (14.3, 145.3), (6900, 6800), SCALE * 1.5),  # Guam, the Northern Marianas
    Part(-14.7, -14, 1.2, (-14.6, -14.1), (-14.3, -170.4), (5300, 6950), SCALE * 2),  # American Samoa
)


@cache
def place(latitude, longitude):
    """(x, y) on the map, or None for what lies in no part of it."""
    for part in PARTS:
        if part.holds(latitude, longitude):
            return part.place(latitude, longitude)
    return None
