import stripe
from django.http import HttpResponse

from billing import gateway


def test_the_sandbox_draws_its_own_card_field(settings):
    config = gateway.page_config()
    assert config.script_url == settings.STATIC_URL + "sandbox/elements.js"
    assert config.publishable_key.startswith("pk_test_")


def test_with_keys_the_page_loads_stripe_s_script(settings):
    settings.SANDBOX_BANK = False
    settings.STRIPE_PUBLISHABLE_KEY = "pk_live_1"
    release = stripe.api_version.split(".")[1]
    assert gateway.page_config() == gateway.PageConfig(
        "pk_live_1", f"https://js.stripe.com/{release}/stripe.js"
    )


def test_only_then_may_the_page_load_anything_foreign(settings, rf):
    view = gateway.card_page(lambda request: HttpResponse())
    assert not hasattr(view(rf.get("/")), "_csp_update")
    settings.SANDBOX_BANK = False
    assert "https://js.stripe.com" in view(rf.get("/"))._csp_update["script-src"]


def test_the_real_client_makes_no_retries_of_its_own_and_does_not_wait_for_ever(settings):
    settings.STRIPE_HTTP_CLIENT = ""
    requestor = gateway._client()._requestor
    assert requestor._options.max_network_retries == 0
    assert requestor._client._timeout == (gateway.CONNECT_SECONDS, gateway.READ_SECONDS)
