"""Two tabs at once never leave somebody without the second step that they need. The twin with the lock off fails."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from accounts.adapter import TwoStepAdapter
from accounts.own_account import two_step_views
from accounts.two_step import has_two_step
from tests.accounts.own_account import codes
from tests.accounts.own_account.test_two_step import bind, passkey_of
from tests.races import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, databases=["default", "sandbox"]),
]
A_MOMENT = 0.3


@pytest.fixture
def both_go(fresh, rosa, monkeypatch):
    """An app and a passkey, both needed by nothing but one another: two tabs remove one each."""
    tabs = [fresh(rosa, Client()) for _tab in range(2)]
    codes.app_of(rosa.person)
    key = passkey_of(rosa.person)
    bind(rosa, "organization")
    may = TwoStepAdapter.can_delete_authenticator

    def slowly(self, authenticator):
        answer = may(self, authenticator)
        time.sleep(A_MOMENT)
        return answer

    monkeypatch.setattr(TwoStepAdapter, "can_delete_authenticator", slowly)
    return lambda: at_once(
        lambda: tabs[0].post(reverse("mfa_deactivate_totp")),
        lambda: tabs[1].post(reverse("mfa_remove_webauthn", args=[key.pk])),
    )


def test_two_tabs_never_remove_the_last_two_ways(both_go, rosa):
    both_go()
    assert has_two_step(rosa.person)
    assert Authenticator.objects.filter(user=rosa.person).count() == 1


def test_without_the_lock_both_are_gone(both_go, rosa, monkeypatch):
    monkeypatch.setattr(two_step_views, "hold", lambda person: None)
    both_go()
    assert not has_two_step(rosa.person)
