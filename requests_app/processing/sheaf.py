"""The pages of a request in the order of the release, as the review leafs through them."""

from collections import Counter
from typing import NamedTuple

from requests_app.models import RecordPage

Verdict = RecordPage.Verdict
# Thumbnails on one strip; a request may have thousands of pages.
WINDOW = 60


class Leaf(NamedTuple):
    """A page as the strip needs it; `position` counts from 1 over all files."""

    position: int
    pk: int
    file_id: int
    number: int
    verdict: str
    rotation: int

    @property
    def word(self):
        return Verdict(self.verdict).label


class Sheaf:
    """All pages that count, read in one query."""

    def __init__(self, record_request):
        rows = record_request.pages.kept().values_list("pk", "file_id", "number", "verdict", "rotation")
        self.leaves = [Leaf(position, *row) for position, row in enumerate(rows, 1)]
        self.verdicts = Counter(leaf.verdict for leaf in self.leaves)

    def __len__(self):
        return len(self.leaves)

    @property
    def reviewed(self):
        return len(self) - self.left

    @property
    def left(self):
        return self.verdicts[Verdict.NONE]

    @property
    def approved(self):
        return self.verdicts[Verdict.APPROVED]

    def find(self, page_id):
        """The leaf of a page, or None."""
        return next((leaf for leaf in self.leaves if leaf.pk == page_id), None)

    def next_to_review(self, after=0):
        """The first page without a verdict behind position `after`, else from the start, or None."""
        left = [leaf for leaf in self.leaves if not leaf.verdict]
        return next((leaf for leaf in left if leaf.position > after), left[0] if left else None)

    def beside(self, leaf, step):
        """The page before (`step` -1) or behind (1) a leaf, or None at the end."""
        index = leaf.position - 1 + step
        return self.leaves[index] if 0 <= index < len(self) else None

    def window(self, leaf):
        """The leaves on the strip that shows `leaf`, the last one before it, and the first one behind it."""
        start = (leaf.position - 1) // WINDOW * WINDOW
        shown = self.leaves[start : start + WINDOW]
        return shown, self.beside(shown[0], -1), self.beside(shown[-1], 1)
