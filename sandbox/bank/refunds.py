from sandbox.bank import form, shapes
from sandbox.bank.balance import moved
from sandbox.bank.errors import Refusal
from sandbox.bank.events import happened
from sandbox.bank.lists import get, page
from sandbox.models import Charge, PaymentIntent, Refund


def create(call):
    charge = _charge(call)
    left = charge.amount - charge.amount_refunded
    amount = form.whole(call.params, "amount") if "amount" in call.params else left
    _check(charge, amount, left)
    pending = charge.payment_method.behavior.startswith("refund:")
    refund = Refund.objects.create(
        charge=charge,
        amount=amount,
        status="pending" if pending else "succeeded",
        reason=call.params.get("reason", ""),
        metadata=call.params.get("metadata", {}),
    )
    moved(refund, charge, -amount, "refund")
    happened("refund.created", shapes.refund(refund))
    happened("charge.refunded", shapes.charge(charge))
    return shapes.refund(refund)


def _charge(call):
    if call.params.get("charge"):
        charge = get(Charge, call.params["charge"], "charge")
    else:
        form.require(call.params, "payment_intent")
        intent = get(PaymentIntent, call.params["payment_intent"], "payment_intent")
        charge = intent.charges.filter(status="succeeded").first()
    if charge is None or charge.status != "succeeded":
        raise Refusal("There is no successful charge to refund.", param="payment_intent")
    return charge


def _check(charge, amount, left):
    if charge.disputed:
        raise Refusal(f"Charge {charge.id} has been charged back.", code="charge_disputed")
    if left == 0:
        raise Refusal(f"Charge {charge.id} has already been refunded.", code="charge_already_refunded")
    if amount < 1:
        raise Refusal("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        message = f"Refund amount (${amount / 100:.2f}) is greater than unrefunded amount (${left / 100:.2f})"
        raise Refusal(message, param="amount")


def settle(id):
    """End a pending refund the way its card's number says; for the bank's page and for tests."""
    refund = get(Refund, id)
    if refund.status != "pending":
        return refund
    failed = refund.charge.payment_method.behavior == "refund:failed"
    refund.status = "failed" if failed else "succeeded"
    refund.failure_reason = "expired_or_canceled_card" if failed else ""
    refund.save()
    if failed:
        moved(refund, refund.charge, refund.amount, "refund_failure")
    happened("refund.failed" if failed else "refund.updated", shapes.refund(refund))
    return refund


def index(call):
    found = Refund.objects.select_related("charge__intent")
    if "charge" in call.params:
        found = found.filter(charge=call.params["charge"])
    if "payment_intent" in call.params:
        found = found.filter(charge__intent=call.params["payment_intent"])
    return page(call, found, shapes.refund)


def show(call, id):
    return shapes.refund(get(Refund, id))
