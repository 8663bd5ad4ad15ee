"""The estimate and the price are reckoned in one way, by how the copy really reaches its reader."""

import pytest

from requests_app import quoting
from requests_app.models import Batch

pytestmark = pytest.mark.django_db


def faxed(record_request):
    record_request.batch.delivery = Batch.Delivery.FAX
    return record_request


def test_a_download_is_an_electronic_copy(draft):
    assert quoting.reckon(draft, pages=64).schedule_code == "ga-general-nonpaper"


def test_a_fax_is_priced_as_paper(draft):
    reckoned = quoting.reckon(faxed(draft), pages=64)
    assert (reckoned.schedule_code, str(reckoned.total)) == ("ga-general", "81.80")


def test_where_no_fax_is_offered_it_is_a_download_after_all(draft):
    draft.custodian.offers_fax = False
    assert quoting.medium(faxed(draft)) == "electronic"
