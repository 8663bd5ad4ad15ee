"""How a page is looked at in Chromium: by axe, as wide as a screen, and as a picture for one's own eyes."""

import os
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe

WCAG = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # every element that passes is not told: that took longer than looking
}
SHOTS = os.environ.get("SCREENSHOTS", "")  # a folder; without one no picture is taken


def whole(page):
    """The page once it has all of its document: a click returns when the next one begins, without a root yet."""
    page.wait_for_load_state()
    page.locator("html").wait_for(state="attached")
    return page


def complaints(page):
    """axe's violations, each with the elements it means; axe is a script, and needs a page that may have some."""
    found = Axe().run(whole(page), options=WCAG).response["violations"]
    return [(one["id"], [node["html"][:160] for node in one["nodes"]]) for one in found]


def overflows(page, *widths):
    """Where something sticks out of a screen of `widths` px; of the page's own width where none is given."""
    own = page.viewport_size
    found = []
    for width in widths or [own["width"]]:
        page.set_viewport_size({**own, "width": width})
        needed = whole(page).locator("html").evaluate("(root) => root.scrollWidth")
        if needed > width:
            found.append(f"{needed} px on {width}: {page.url}")
    page.set_viewport_size(own)
    return found


def picture(page, name):
    """For one's own eyes, of the whole length, where SCREENSHOTS names a folder."""
    if SHOTS:
        width = page.viewport_size["width"]
        whole(page).screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
