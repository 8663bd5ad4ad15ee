from sandbox.bank import shapes
from sandbox.bank.errors import Refusal
from sandbox.bank.events import happened
from sandbox.bank.lists import get, page
from sandbox.models import Customer, PaymentMethod


def index(call):
    customers = Customer.objects.all()
    if "email" in call.params:
        customers = customers.filter(email=call.params["email"])
    return page(call, customers, shapes.customer)


def create(call):
    made = Customer.objects.create(
        email=call.params.get("email", ""),
        name=call.params.get("name", ""),
        description=call.params.get("description", ""),
        metadata=call.params.get("metadata", {}),
    )
    return happened("customer.created", shapes.customer(made))


def show_method(call, id):
    return shapes.payment_method(get(PaymentMethod, id))


def detach(call, id):
    method = get(PaymentMethod, id)
    if method.customer is None:
        raise Refusal("The payment method is not attached to a customer, so it can't be detached.")
    method.customer = None
    method.save()
    return happened("payment_method.detached", shapes.payment_method(method))
