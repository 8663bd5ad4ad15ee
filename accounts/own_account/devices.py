"""What somebody signed in with, in a few words, read from what the browser says of itself."""

from django.utils.translation import gettext as _

# The first that is named: others carry the names of those they descend from.
BROWSERS = [
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
]
SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "Chromebook"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]


def in_words(user_agent):
    """ "Chrome, Windows"; what says nothing that is known is shown as it is, shortened."""
    found = [
        next((name for mark, name in kinds if mark in user_agent), None) for kinds in (BROWSERS, SYSTEMS)
    ]
    known = [name for name in found if name]
    return ", ".join(known) or user_agent[:60].strip() or _("Unknown device")
