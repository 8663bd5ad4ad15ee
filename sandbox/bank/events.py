from sandbox.models import Event


def happened(type, snapshot):
    """Note an event, in the transaction of what caused it; gives the snapshot back."""
    event = Event(type=type, object_id=snapshot["id"])
    event.body = {
        "id": event.id,
        "object": "event",
        "api_version": None,
        "created": int(event.created.timestamp()),
        "data": {"object": snapshot},
        "livemode": False,
        "pending_webhooks": 1,
        "type": type,
    }
    event.save(force_insert=True)
    return snapshot
