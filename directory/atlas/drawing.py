"""Makes the picture of the states from a TopoJSON file: projected, simplified, in whole units of the map.

Borders are arcs that two states share, so each is simplified once and neighbors stay together.
"""

from itertools import accumulate, pairwise
from math import hypot

from directory.atlas.projection import HEIGHT, WIDTH, place

# In units of the map, of which a pixel has 25 where all of it is seen on a phone.
TOLERANCE = 6
SMALLEST_ISLAND = 60


def picture(topology, codes):
    """The SVG; `codes` is {FIPS code: state}. Each state is a path whose id is its code of two letters."""
    arcs = [_arc(arc, topology["transform"]) for arc in topology["arcs"]]
    shapes = {codes[one["id"]]: _rings(one, arcs) for one in topology["objects"]["states"]["geometries"]}
    paths = [
        f'<path id="{state}" vector-effect="non-scaling-stroke" d="{"".join(map(_as_path, _kept(rings)))}"/>'
        for state, rings in sorted(shapes.items())
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
    return "\n".join([head, *paths, "</svg>", ""])


def _arc(steps, transform):
    """One arc on the map, simplified; None where a point of it lies on no part of the map."""
    (scale_x, scale_y), (left, top) = transform["scale"], transform["translate"]
    xs, ys = (list(accumulate(values)) for values in zip(*steps, strict=True))
    points = [place(top + y * scale_y, left + x * scale_x) for x, y in zip(xs, ys, strict=True)]
    return None if None in points else simplified(points)


def simplified(points, tolerance=TOLERANCE):
    """Fewer points, none of those left out farther than `tolerance` from the line (Douglas and Peucker 1973)."""
    if len(points) < 3:
        return points
    far, at = max((_off(point, points[0], points[-1]), at) for at, point in enumerate(points[1:-1], start=1))
    if far <= tolerance:
        return [points[0], points[-1]]
    return simplified(points[: at + 1], tolerance)[:-1] + simplified(points[at:], tolerance)


def _off(point, one, other):
    """How far a point is from the line between two; from the one where they are the same."""
    (x, y), (x1, y1), (x2, y2) = point, one, other
    dx, dy = x2 - x1, y2 - y1
    length = hypot(dx, dy)
    if not length:
        return hypot(x - x1, y - y1)
    along = max(0, min(1, ((x - x1) * dx + (y - y1) * dy) / length**2))
    return hypot(x - x1 - along * dx, y - y1 - along * dy)


def _rings(geometry, arcs):
    """The closed lines of a state; an arc numbered ~n is arc n backwards."""
    several = geometry["type"] == "MultiPolygon"
    for polygon in geometry["arcs"] if several else [geometry["arcs"]]:
        for ring in polygon:
            parts = [
                arcs[number] if number >= 0 else arcs[~number] and arcs[~number][::-1] for number in ring
            ]
            if None not in parts:
                yield [point for part in parts for point in part[:-1]]


def _kept(rings):
    """Those that can be seen, and the largest in any case."""
    found = sorted(rings, key=_extent, reverse=True)
    return [ring for at, ring in enumerate(found) if at == 0 or _extent(ring) >= SMALLEST_ISLAND]


def _extent(ring):
    xs, ys = zip(*ring, strict=True)
    return max(max(xs) - min(xs), max(ys) - min(ys))


def _as_path(ring):
    points = [(round(x), round(y)) for x, y in ring]
    steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
    written = " ".join(f"{dx} {dy}" for dx, dy in steps if dx or dy).replace(" -", "-")
    return f"M{points[0][0]} {points[0][1]}l{written}z"
