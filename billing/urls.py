from django.urls import path

from billing import cards, listening

urlpatterns = [
    path("stripe/", listening.bank_webhook, name="stripe_webhook"),
    path("cards/", cards.cards, name="cards"),
    path("cards/add/", cards.card_add, name="card_add"),
    path("cards/added/", cards.card_added, name="card_added"),
    path("cards/<int:card_id>/remove/", cards.card_remove, name="card_remove"),
    path("cards/<int:card_id>/share/", cards.card_share, name="card_share"),
]
