"""The account's movements, in Stripe's words; no fees and no payouts."""

from sandbox.bank import shapes
from sandbox.bank.lists import page
from sandbox.models import BalanceTransaction, Charge, Dispute, Refund

_SHAPES = {"ch": (Charge, shapes.charge), "re": (Refund, shapes.refund), "du": (Dispute, shapes.dispute)}


def moved(source, charge, amount, type, category=""):
    """Write down that `amount` cents came (or, negative, went) because of `source`, in the charge's currency."""
    BalanceTransaction.objects.create(
        source=source.id,
        type=type,
        reporting_category=category or type,
        amount=amount,
        currency=charge.intent.currency,
    )


def index(call):
    found = BalanceTransaction.objects.all()
    for name in ("source", "type"):
        if name in call.params:
            found = found.filter(**{name: call.params[name]})
    shows_source = "data.source" in call.expand
    return page(call, found, lambda one: _shape(one, shows_source))


def _shape(one, shows_source):
    return shapes.balance_transaction(one, _object(one.source) if shows_source else one.source)


def _object(id):
    model, shape = _SHAPES[id.partition("_")[0]]
    return shape(model.objects.get(id=id))
