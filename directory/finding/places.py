"""Where a ZIP code is, and which are near (data/zip_places.csv, GeoNames). No map service is asked."""

import csv
from collections import defaultdict
from functools import cache
from math import asin, cos, radians, sin, sqrt

from django.conf import settings

EARTH_MILES = 3958.8
NEAR_MILES = 30
HONOLULU = (21.307, -157.858)
# GeoNames lists no islands besides Hawaii's: the middle of what their first three digits, or a code, stand for.
ISLANDS = {
    "006": (18.35, -66.85),  # the west and north of Puerto Rico
    "007": (18.15, -66.2),  # its east and south
    "008": (18.34, -64.93),  # the Virgin Islands
    "009": (18.4, -66.07),  # San Juan
    "969": (13.45, 144.78),  # Guam
    "96950": (15.19, 145.75),  # Saipan
    "96951": (14.16, 145.21),  # Rota
    "96952": (14.97, 145.62),  # Tinian
    "96799": (-14.28, -170.7),  # American Samoa
}


@cache
def _places():
    """{ZIP code: (latitude, longitude)} in degrees; of each first three digits the middle, for codes not listed."""
    there, areas = {}, defaultdict(list)
    with (settings.BASE_DIR / "data" / "zip_places.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if not row["lat"]:
                continue
            there[row["code"]] = point = _mended(float(row["lat"]), float(row["lon"]))
            areas[row["code"][:3]].append(point)
    middles = {
        area: (sum(lat for lat, _ in points) / len(points), sum(lon for _, lon in points) / len(points))
        for area, points in areas.items()
    }
    return ISLANDS | there, ISLANDS | middles


def _mended(latitude, longitude):
    """A sign that was lost comes back, since nothing listed lies east of Greenwich.

    What has no place of its own stands in the middle of its county: Honolulu's is in the sea, 700 miles off.
    """
    longitude = -abs(longitude)
    return HONOLULU if 23 < latitude < 30 and -170 < longitude < -160 else (latitude, longitude)


def where(zip_code):
    """(latitude, longitude) of a ZIP code, else of its area; None where neither is known."""
    there, areas = _places()
    return there.get(zip_code[:5]) or areas.get(zip_code[:3])


def miles(one, other):
    """The distance between two points as the crow flies."""
    (lat, lon), (to_lat, to_lon) = map(radians, one), map(radians, other)
    half = sin((to_lat - lat) / 2) ** 2 + cos(lat) * cos(to_lat) * sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(half))


def around(point, within=NEAR_MILES):
    """The ZIP codes within so many miles of a point, the nearest first."""
    lat, lon = point
    off = within / 69
    wide = off / max(cos(radians(lat)), 0.1)
    there, _areas = _places()
    near = [
        (miles(point, place), code)
        for code, place in there.items()
        if abs(place[0] - lat) <= off and abs(place[1] - lon) <= wide
    ]
    return [code for distance, code in sorted(near) if distance <= within]
