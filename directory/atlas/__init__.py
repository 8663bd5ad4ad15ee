"""The map of the United States: our own drawing, asked of no outside server (product 3.3).

`projection` puts a point of the globe onto the map, `outlines` knows the states, `drawing` made their picture,
`window` is the part of the map that is looked at, `marks` gathers results that stand too close, `chart` is the whole
of it for a page.
"""
