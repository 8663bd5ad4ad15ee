"""The line of steps of a request: done, now, to come (product 5.7)."""

from dataclasses import dataclass
from datetime import datetime

from requests_app.models import State


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    at: datetime | None
    is_done: bool
    is_now: bool
    is_stopped: bool = False


ROAD = [
    (State.DRAFT, "created_at"),
    (State.PENDING, "submitted_at"),
    (State.QA, "review_began_at"),
    (State.PRICED, "priced_at"),
    (State.ORDERED, "ordered_at"),
    (State.COMPLETED, "completed_at"),
]
ENDED = (State.CANCELED, State.ABANDONED)


def steps(record_request):
    """The steps in order. A request that was sent back, or ended early, shows that step where it happened."""
    road = list(ROAD)
    if record_request.state == State.INCOMPLETE:
        road.insert(2, (State.INCOMPLETE, "incomplete_at"))
    if record_request.state in ENDED:
        road = [(state, at) for state, at in road if getattr(record_request, at)]
        road.append((State(record_request.state), "ended_at"))
    now = [state for state, _ in road].index(record_request.state)
    arrived = record_request.state == State.COMPLETED
    return [
        Step(
            label=State(state).label,
            state=state,
            at=getattr(record_request, at) if index <= now else None,
            is_done=index < now or arrived,
            is_now=index == now and not arrived,
            is_stopped=state in (*ENDED, State.INCOMPLETE),
        )
        for index, (state, at) in enumerate(road)
    ]
