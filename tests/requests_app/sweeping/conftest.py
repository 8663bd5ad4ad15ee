import pytest
import time_machine
from django.utils import timezone

from chartrequest.days import began
from outbox.models import SweepFailure
from requests_app.clocks import after
from requests_app.sweeping import requests
from tests import cast


@pytest.fixture
def pat(db):
    """A patient who asks for her own records."""
    return cast.member("pat", cast.organization("Pat Example", "household"))


@pytest.fixture
def on():
    """`on(day, sweep)` does it in the middle of that day of the business."""

    def at(day, action=requests.sweep):
        with time_machine.travel(began(day) + timezone.timedelta(hours=12), tick=False):
            done = action()
        assert not SweepFailure.objects.exists()
        return done

    return at


@pytest.fixture
def days_after():
    """`days_after(request, 60)`: that many days after it was submitted."""
    from chartrequest.days import business_day

    return lambda record_request, days: after(business_day(record_request.submitted_at), days)
