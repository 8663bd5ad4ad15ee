"""The states as they are drawn in static/img/states.svg, and how far each reaches."""

import re
from functools import cache
from xml.etree import ElementTree

from django.conf import settings

PICTURE = "img/states.svg"
# How the Census numbers them (FIPS 5-2).
FIPS = dict(
    re.findall(
        r"(\d\d)(\w\w)",
        "01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA "
        "26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX "
        "49UT 50VT 51VA 53WA 54WV 55WI 56WY 60AS 66GU 69MP 72PR 78VI",
    )
)


@cache
def bounds():
    """{state: (left, top, right, bottom)} in units of the map."""
    drawn = ElementTree.parse(settings.BASE_DIR / "static" / PICTURE)  # noqa: S314  (our own file)
    return {path.get("id"): _bounds(path.get("d")) for path in drawn.iter("{http://www.w3.org/2000/svg}path")}


def _bounds(path):
    """Of a path as `drawing` writes it: each line begins at a point and goes on by steps."""
    xs, ys = [], []
    for line in path.split("M")[1:]:
        x = y = 0
        numbers = [int(number) for number in re.findall(r"-?\d+", line)]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            xs.append(x)
            ys.append(y)
    return min(xs), min(ys), max(xs), max(ys)
