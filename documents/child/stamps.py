"""The stamp of a released page: in a strip that is added below it, so that it never hides anything."""

from pikepdf import Dictionary, Name

FONT_SIZE = 9.0
STRIP = 16.0
LEAST_WIDTH = 216.0
MARGIN = 0.03
EM_PER_LETTER = 0.56  # of Helvetica, on the safe side
LETTER_LONG_SIDE = 792.0


class Stamp:
    """Adds pages to `out`, each saying `text · page n of total`."""

    def __init__(self, out, text, total):
        self.out, self.text, self.total = out, text, total
        self.font = out.make_indirect(
            Dictionary(
                Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding
            )
        )

    def page(self, number, drawing, box, turned):
        """Add a page that shows `drawing`, a form with that `box` in points, turned clockwise by 0 to 270."""
        left, bottom, right, top = box
        width, height = right - left, top - bottom
        if turned in {90, 270}:
            width, height = height, width
        full = max(width, LEAST_WIDTH)
        # On a large page the stamp grows with it: seen or printed as a whole, it is as readable as on Letter.
        grown = max(1.0, full / LETTER_LONG_SIDE)
        strip = STRIP * grown
        shift = (full - width) / 2
        matrix = {
            0: (1, 0, 0, 1, shift - left, strip - bottom),
            90: (0, -1, 1, 0, shift - bottom, strip + right),
            180: (-1, 0, 0, -1, shift + right, strip + top),
            270: (0, 1, -1, 0, shift + top, strip - left),
        }[turned]
        page = self.out.add_blank_page(page_size=(full, height + strip))
        page.Resources = Dictionary(XObject=Dictionary(P=drawing), Font=Dictionary(S=self.font))
        content = b"q %s cm /P Do Q\n%s" % (_numbers(*matrix), self._words(number, full, strip, grown))
        page.Contents = self.out.make_stream(content)
        return page

    def _words(self, number, width, strip, grown):
        words = f"{self.text} · page {number} of {self.total}"
        size = min(FONT_SIZE * grown, width * (1 - 2 * MARGIN) / (EM_PER_LETTER * len(words)))
        written = words.encode("cp1252", "replace")
        for special in (b"\\", b"(", b")"):
            written = written.replace(special, b"\\" + special)
        return b"q 1 g %s re f 0 g BT /S %s Tf %s Td (%s) Tj ET Q" % (
            _numbers(0, 0, width, strip),
            _numbers(size),
            _numbers(width * MARGIN, (strip - 0.7 * size) / 2),
            written,
        )


def _numbers(*values):
    return " ".join(f"{value:.4f}".rstrip("0").rstrip(".") for value in values).encode()
