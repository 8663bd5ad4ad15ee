"""What a person sends who means it, for each address of the table that takes a form."""

import uuid

from requests_app.authorizations import signing
from requests_app.processing import pricing
from requests_app.tracking import abandoning
from requests_app.tracking import reopening as reopen
from tests import stage

PATIENT = {"first_name": "Anna", "last_name": "Lind", "birth_date": "03/04/1960"}

LETTER = {
    "ground": "legal",
    "explanation": "It was put together for a trial.",
    "contact_name": "Privacy Officer",
    "contact_phone": "(478) 555-0143",
}


def cost(world, request):
    return {"agreed": str(abandoning.cost(request).total)}


def reopening(world, request):
    return {"agreed": str(reopen.fee(request).total)}


def payment(world, request):
    return {"invoice": request.invoices.get().number, "card": world.ours.card.pk}


def refund(world, request):
    return {
        "amount": "0.50",
        "reason": "pricing",
        "mail_street": "1 Main Street",
        "mail_city": "Macon",
        "mail_state": "GA",
        "mail_zip": "31201",
        "form_key": uuid.uuid4(),
    }


def price(world, request):
    reckoned = pricing.reckon(request)
    lines = {f"line_{index}": line["amount"] for index, line in enumerate(reckoned.lines)}
    return {"seen": str(reckoned.total), **lines}


def details(world, request):
    prefix = request.public_id
    return {
        f"{prefix}-record_types": "billing",
        f"{prefix}-dates": "after",
        f"{prefix}-dates_from": "01/01/2020",
    }


def authorization(world, request):
    file = stage.pdf_file("signed.pdf", title=str(uuid.uuid4()))
    return {f"up-{request.public_id}-kind": "general", f"up-{request.public_id}-file": file}


def ask_patient(world, request):
    return {f"ask-{request.public_id}-email": "t@example.test"}


def estimate(world, request):
    return {"seen": str(request.quotes.filter(kind="estimate").latest("id").total)}


def records(world, request):
    return {"files": stage.pdf_file("visit.pdf", title=str(uuid.uuid4()))}


def colleague(world, request):
    return {"member": world.people["carl"].pk}


def signature(world, request):
    link = world.links["open"]
    seal = signing.seal_of(link, signing.reading(link))
    return {"seen": seal, "capacity": "self", "name": "Thomas Wright", "initials": "TW", "agrees": "on"}


def setup(world):
    """The query that a browser comes back with from the bank's field."""
    return f"?setup_intent={world.setup.id}"


def peachtree(world):
    return world.peachtree.pk


def token(world):
    return world.token


def member_of_rosa(world, request):
    return world.people["rosa"].pk
