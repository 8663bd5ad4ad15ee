from datetime import UTC, datetime

from sandbox.bank import form
from sandbox.bank.errors import missing


def page(call, records, shape):
    """A page of a list, newest first: `limit` (10, at most 100), `starting_after`, `created[gte]` and kin."""
    for bound, seconds in (call.params.get("created") or {}).items():
        moment = datetime.fromtimestamp(form.whole({bound: seconds}, bound), UTC)
        records = records.filter(**{f"created__{bound}": moment})
    after = call.params.get("starting_after")
    if after:
        last = records.model.objects.filter(id=after).first()
        if last is None:
            raise missing(records.model._meta.model_name, after, "starting_after")
        records = records.filter(number__lt=last.number)
    limit = min(form.whole(call.params, "limit"), 100) if "limit" in call.params else 10
    found = list(records[: limit + 1])
    return {
        "object": "list",
        "url": call.path,
        "has_more": len(found) > limit,
        "data": [shape(record) for record in found[:limit]],
    }


def get(model, id, param="id"):
    found = model.objects.filter(id=id).first()
    if found is None:
        raise missing(model._meta.model_name, id, param)
    return found
