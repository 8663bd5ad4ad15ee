"""How each object of the bank reads in JSON: the fields this product uses, named as Stripe names them."""


def _base(record, kind):
    return {
        "id": record.id,
        "object": kind,
        "created": int(record.created.timestamp()),
        "livemode": False,
        "metadata": record.metadata,
    }


def customer(record):
    return _base(record, "customer") | {
        "email": record.email or None,
        "name": record.name or None,
        "description": record.description or None,
    }


def payment_method(record):
    return _base(record, "payment_method") | {
        "type": "card",
        "customer": record.customer_id,
        "billing_details": {"address": {"postal_code": None}, "email": None, "name": None, "phone": None},
        "card": {
            "brand": record.brand,
            "last4": record.last4,
            "exp_month": record.exp_month,
            "exp_year": record.exp_year,
            "funding": record.funding,
            "fingerprint": record.fingerprint,
            "country": "US",
        },
    }


def setup_intent(record):
    return _base(record, "setup_intent") | {
        "client_secret": record.client_secret,
        "customer": record.customer_id,
        "last_setup_error": record.last_error,
        "next_action": record.next_action,
        "payment_method": record.payment_method_id,
        "payment_method_types": ["card"],
        "status": record.status,
        "usage": record.usage,
    }


def payment_intent(record, expand=()):
    latest = record.charges.first()
    return _base(record, "payment_intent") | {
        "amount": record.amount,
        "amount_received": record.amount if record.status == "succeeded" else 0,
        "client_secret": record.client_secret,
        "currency": record.currency,
        "customer": record.customer_id,
        "description": record.description or None,
        "last_payment_error": record.last_error,
        "latest_charge": latest and (charge(latest) if "latest_charge" in expand else latest.id),
        "next_action": record.next_action,
        "payment_method": record.payment_method_id,
        "payment_method_types": ["card"],
        "status": record.status,
    }


def charge(record):
    paid, refunded = record.status == "succeeded", record.amount_refunded
    return _base(record, "charge") | {
        "amount": record.amount,
        "amount_captured": record.amount if paid else 0,
        "amount_refunded": refunded,
        "captured": paid,
        "currency": record.intent.currency,
        "customer": record.intent.customer_id,
        "disputed": record.disputed,
        "failure_code": record.failure_code or None,
        "failure_message": record.failure_message or None,
        "paid": paid,
        "payment_intent": record.intent_id,
        "payment_method": record.payment_method_id,
        "refunded": paid and refunded >= record.amount,
        "status": record.status,
    }


def refund(record):
    return _base(record, "refund") | {
        "amount": record.amount,
        "charge": record.charge_id,
        "currency": record.charge.intent.currency,
        "failure_reason": record.failure_reason or None,
        "payment_intent": record.charge.intent_id,
        "reason": record.reason or None,
        "status": record.status,
    }


def dispute(record):
    return _base(record, "dispute") | {
        "amount": record.amount,
        "charge": record.charge_id,
        "currency": record.charge.intent.currency,
        "payment_intent": record.charge.intent_id,
        "reason": record.reason,
        "status": record.status,
    }


def balance_transaction(record, source):
    shape = _base(record, "balance_transaction")
    del shape["livemode"], shape["metadata"]
    return shape | {
        "amount": record.amount,
        "available_on": shape["created"],
        "currency": record.currency,
        "description": None,
        "exchange_rate": None,
        "fee": 0,
        "fee_details": [],
        "net": record.amount,
        "reporting_category": record.reporting_category,
        "source": source,
        "status": "available",
        "type": record.type,
    }


def public(body):
    """An intent as the holder of its client secret may see it."""
    return {
        name: value for name, value in body.items() if name not in ("metadata", "customer", "latest_charge")
    }
