import pytest
from django.utils import timezone

from audit.models import Activity
from directory.models import Service
from requests_app.models import RecordRequest
from requests_app.reasons import Reason
from tests.requests_app.intake.conftest import wish

pytestmark = pytest.mark.django_db


def fresh(record_request):
    return RecordRequest.objects.get(pk=record_request.pk)


def test_what_is_asked_is_kept(go, asked):
    said = {"record_types": ["medical", "billing"], "dates": "after", "dates_from": "01/31/2021"}
    answer = go("wizard_details", asked.batch_id, post=wish(asked, **said))
    now = fresh(asked)
    assert answer.url.endswith("/delivery/")
    assert (now.is_specified, now.record_types) == (True, ["medical", "billing"])
    assert (now.dates_from.isoformat(), now.dates_to) == ("2021-01-31", None)


def test_days_that_the_choice_does_not_use_are_left_out(go, asked):
    go("wizard_details", asked.batch_id, post=wish(asked, dates="all", dates_from="01/31/2021"))
    assert fresh(asked).dates_from is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"record_types": []}, "record_types"),
        ({"record_types": ["dental"]}, "record_types"),
        ({"dates": ""}, "dates"),
        ({"dates": "sometimes"}, "dates"),
        ({"dates": "after"}, "dates_from"),
        ({"dates": "before"}, "dates_to"),
        ({"dates": "between", "dates_from": "01/01/2021"}, "dates_to"),
        ({"dates": "between", "dates_from": "01/02/2021", "dates_to": "01/01/2021"}, "dates_to"),
        ({"dates": "after", "dates_from": "31/01/2021"}, "dates_from"),
        ({"dates": "before", "dates_to": "01/01/2199"}, "dates_to"),
        ({"services": ["0"]}, "services"),
        ({"services": ["9223372036854775808"]}, "services"),
    ],
)
def test_a_bad_answer_is_told_beside_its_field(go, asked, said, field):
    answer = go("wizard_details", asked.batch_id, post=wish(asked, **said))
    assert answer.status_code == 422
    assert list(answer.context["form"].forms[0].errors) == [field]
    assert not fresh(asked).is_specified


def test_another_custodians_service_is_refused(go, asked, peachtree):
    foreign = peachtree.services.get(kind="images")
    answer = go("wizard_details", asked.batch_id, post=wish(asked, services=[foreign.pk]))
    assert answer.status_code == 422


def test_images_bring_the_service_medical_images(go, asked):
    go("wizard_details", asked.batch_id, post=wish(asked, record_types=["images"]))
    assert [one.kind for one in asked.services.all()] == [Service.Kind.IMAGES]


def test_rush_is_not_taken_where_it_is_not_offered(go, asked):
    go("wizard_details", asked.batch_id, post=wish(asked, is_rush="on"))
    assert not fresh(asked).is_rush


def test_rush_is_taken_where_it_is_offered(go, two):
    go("wizard_details", two[0].batch_id, post=wish(two[0]) | wish(two[1], is_rush="on"))
    assert fresh(two[1]).is_rush


def test_an_unspecified_provider_gets_a_red_frame_and_the_page_says_so(go, two):
    answer = go("wizard_details", two[0].batch_id, post=wish(two[0]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.count("card--bad") == 1
    assert "Please make request specifications for all the providers" in page


def test_next_takes_over_one_and_opens_the_following(go, two):
    answer = go("wizard_specify", two[0].batch_id, two[0].public_id, post=wish(two[0]))
    assert fresh(two[0]).is_specified
    assert f"open={two[1].public_id}" in answer.url


def test_next_keeps_what_was_typed_for_the_others(go, two):
    typed = wish(two[0]) | wish(two[1], record_types=["billing"], dates="after", dates_from="13/13/13")
    go("wizard_specify", two[0].batch_id, two[0].public_id, post=typed)
    assert b"13/13/13" in go("wizard_details", two[0].batch_id).content


def test_next_on_the_last_goes_on(go, asked):
    answer = go("wizard_specify", asked.batch_id, asked.public_id, post=wish(asked))
    assert answer.url.endswith("/delivery/")


def test_next_tells_only_its_own_errors(go, two):
    answer = go("wizard_specify", two[0].batch_id, two[0].public_id, post={})
    assert answer.status_code == 422
    assert answer.content.decode().count("card--bad") == 1


def test_selections_apply_to_all_by_kind(go, two):
    lakeside, peachtree = two
    images = lakeside.custodian.services.get(kind="images")
    typed = wish(lakeside, record_types=["images"], services=[images.pk])
    go("wizard_apply_to_all", lakeside.batch_id, lakeside.public_id, post=typed)
    assert fresh(peachtree).record_types == ["images"]
    assert [one.custodian for one in peachtree.services.all()] == [peachtree.custodian]


def test_what_could_not_be_copied_is_said(go, two):
    lakeside, peachtree = two
    certified = lakeside.custodian.services.get(kind="certification")
    typed = wish(lakeside, services=[certified.pk])
    answer = go("wizard_apply_to_all", lakeside.batch_id, lakeside.public_id, post=typed, follow=True)
    assert "Peachtree Radiology doesn&#x27;t offer: Record certification." in answer.content.decode()
    assert fresh(peachtree).is_specified


def test_a_change_withdraws_the_approved_estimate(go, draft):
    go("wizard_details", draft.batch_id, post=wish(draft, record_types=["billing"]))
    draft.batch.refresh_from_db()
    assert draft.batch.estimate_approved_at is None


def test_the_same_answers_again_leave_the_estimate_approved(go, draft):
    before = Activity.objects.count()
    go("wizard_details", draft.batch_id, post=wish(draft))
    draft.batch.refresh_from_db()
    assert draft.batch.estimate_approved_at
    assert Activity.objects.count() == before


def test_delivery_reasons_and_comment_are_kept(go, asked):
    said = {
        "delivery": "fax",
        "return_fax": "(602) 555-0143",
        "reasons": ["litigation", "ere"],
        "comment": "Hi",
    }
    answer = go("wizard_delivery", asked.batch_id, post=said)
    batch = fresh(asked).batch
    assert answer.url.endswith("/authorization/")
    assert (batch.delivery, str(batch.return_fax), batch.comment) == ("fax", "+16025550143", "Hi")
    assert batch.reasons == [Reason.LITIGATION, Reason.ERE]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"delivery": "fax"}, "return_fax"),
        ({"delivery": "fax", "return_fax": "911"}, "return_fax"),
        ({"delivery": "pigeon"}, "delivery"),
        ({"reasons": []}, "reasons"),
        ({"reasons": ["curiosity"]}, "reasons"),
        ({"comment": "x" * 2001}, "comment"),
        ({"comment": "a\x00b"}, "comment"),
    ],
)
def test_a_bad_delivery_is_told_beside_its_field(go, asked, said, field):
    answer = go("wizard_delivery", asked.batch_id, post={"delivery": "download", "reasons": ["ere"]} | said)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_custodian_without_fax_is_named(go, two):
    assert "Peachtree Radiology: no fax return" in go("wizard_delivery", two[0].batch_id).content.decode()


def test_another_delivery_withdraws_the_approved_estimate(go, ready):
    said = {"delivery": "fax", "return_fax": "(602) 555-0143", "reasons": ["litigation"]}
    go("wizard_delivery", ready.pk, post=said)
    ready.refresh_from_db()
    assert ready.estimate_approved_at is None


def test_a_submitted_batch_is_not_changed(go, draft):
    draft.batch.submitted_at = timezone.now()
    draft.batch.save()
    go("wizard_details", draft.batch_id, post=wish(draft, record_types=["billing"]))
    assert fresh(draft).record_types == ["medical"]
