import pytest
from django.urls import reverse

from audit.models import Activity
from tests import cast


@pytest.fixture
def address(pending):
    return reverse("assign", args=[pending.public_id])


def assigned(record_request):
    record_request.refresh_from_db()
    return record_request.assigned_to_id


def test_a_colleague_gets_the_request(pending, address, clara, carl, as_):
    as_(clara).post(address, {"member": carl.pk})
    assert assigned(pending) == carl.person_id
    assert Activity.objects.of(pending).get(event="assigned").details == {"to": "Carl Example"}


def test_it_can_be_given_to_nobody(pending, address, clara, as_):
    as_(clara).post(address, {"member": clara.pk})
    as_(clara).post(address, {"member": ""})
    assert assigned(pending) is None


def test_the_same_again_changes_nothing(pending, address, clara, as_):
    for _ in range(2):
        as_(clara).post(address, {"member": clara.pk})
    assert Activity.objects.of(pending).filter(event="assigned").count() == 1


def test_somebody_of_another_organization_is_404(pending, address, clara, rosa, as_):
    assert as_(clara).post(address, {"member": rosa.pk}).status_code == 404
    assert assigned(pending) is None


@pytest.mark.parametrize("member", ["0", "-1", str(2**63), "clara", "\0"])
def test_an_id_that_can_not_be_is_404(member, address, clara, as_):
    assert as_(clara).post(address, {"member": member}).status_code == 404


def test_a_role_that_sees_no_requests_may_not(address, practice, as_):
    rita = cast.member("rita", practice, role="Referral Coordinator")
    assert as_(rita).post(address, {"member": rita.pk}).status_code == 403


def test_the_requestor_may_not(address, rosa, as_):
    assert as_(rosa).post(address, {"member": ""}).status_code == 403
