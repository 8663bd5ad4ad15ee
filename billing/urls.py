from django.urls import path

from billing import cards, ceilings, listening
from billing.statements import views as statements

urlpatterns = [
    path("stripe/", listening.bank_webhook, name="stripe_webhook"),
    path("cards/", cards.cards, name="cards"),
    path("cards/add/", cards.card_add, name="card_add"),
    path("cards/added/", cards.card_added, name="card_added"),
    path("cards/<int:card_id>/remove/", cards.card_remove, name="card_remove"),
    path("cards/<int:card_id>/share/", cards.card_share, name="card_share"),
    path("statements/", statements.statements, name="statements"),
    path("statements/statement.pdf", statements.statement_pdf, name="statement_pdf"),
    path("statements/statement.csv", statements.statement_csv, name="statement_csv"),
    path("w-9.pdf", statements.w9, name="w9_pdf"),
    path("ceiling/", ceilings.ceiling, name="ceiling"),
]
