"""What every answer carries, whoever asks."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from chartrequest.middleware import harden


def answer(path="/", cookies=None, cache_control=None, set_cookie=False):
    def page(request):
        response = HttpResponse("a page")
        if cache_control:
            response["Cache-Control"] = cache_control
        if set_cookie:
            response.set_cookie("seen", "yes")
        return response

    request = RequestFactory().get(path)
    request.COOKIES.update(cookies or {})
    return harden(page)(request)


def test_a_page_is_kept_out_of_every_cache():
    assert answer()["Cache-Control"] == "no-store"


def test_a_private_page_is_not_kept_either():
    assert answer(cache_control="private, max-age=600")["Cache-Control"] == "no-store"


def test_a_public_page_may_be_kept():
    assert answer(cache_control="public, max-age=600")["Cache-Control"] == "public, max-age=600"


def test_a_public_page_that_sets_a_cookie_is_not_kept():
    assert answer(cache_control="public, max-age=600", set_cookie=True)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("device", ["camera", "microphone", "geolocation"])
def test_no_device_is_asked_for(device):
    assert f"{device}=()" in answer()["Permissions-Policy"]


def test_the_card_field_may_still_pay():
    assert "payment" not in answer()["Permissions-Policy"]


def test_no_other_site_may_embed_an_answer():
    assert answer()["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/?q=a%00b", "/a%00b/"])
def test_nul_in_an_address_is_refused(path):
    assert answer(path).status_code == 400


def test_nul_in_a_cookie_is_refused():
    assert answer(cookies={"sessionid": "a\0b"}).status_code == 400


def test_a_refusal_is_not_cached_either():
    assert answer("/?q=%00")["Cache-Control"] == "no-store"


def test_a_percent_sign_is_no_nul():
    assert answer("/?q=100%25+of%2000").status_code == 200
