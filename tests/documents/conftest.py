import pytest

from documents.intake import take_in
from documents.models import Use
from tests.documents import make


@pytest.fixture
def keep(db):
    """Take content in, as records unless said otherwise; returns the Document."""

    def kept(content, name="scan.pdf", use=Use.RECORDS, by=None):
        return take_in(make.upload(content, name), use=use, by=by)

    return kept
