"""Whether the table would notice: every check is switched off once, and some cell must come out differently."""

import inspect

import pytest
from django.db import transaction

from tests.access import addresses, test_children
from tests.access.mutations import MUTATIONS
from tests.access.table import ROWS
from tests.access.test_table import ask, decision, expected, people_for

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
GIVEN = {
    "name": "approve_page",
    "card": "a colleague's own",
    "person": "otto",
    "sent": {},
    "other": "theirs",
}
OTHER_NAMES = {
    "test_a_file_is_moved_only_within_its_own_request": "remove_file",
    "test_a_request_of_another_batch_isn_t_reached_through_one_s_own": "wizard_provider_remove",
}


def is_noticed(world, mutation):
    """The first cell or test that comes out differently while the check is off, or None."""
    with mutation.off():
        for row in [row for row in ROWS if row.name in mutation.rows]:
            address = addresses.at(world, row, world.ours)
            for person in people_for(row):
                answer, _, _ = ask(world, person, row, address)
                if decision(answer) != expected(row, person):
                    return f"{row.method} {row.name} as {person}: {decision(answer)}"
        for name in mutation.tests:
            if _fails(world, name):
                return name
    return None


def _fails(world, name):
    test = getattr(test_children, name)
    given = GIVEN | {"world": world, "clara": world.browsers["clara"], "rosa": world.browsers["rosa"]}
    given["name"] = OTHER_NAMES.get(name, given["name"])
    wanted = {one: given[one] for one in inspect.signature(test).parameters}
    try:
        with transaction.atomic(), transaction.atomic(using="sandbox"):
            test(**wanted)
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="sandbox")
    except Exception:  # an assertion, or the view itself, which met what it should never have been given
        return True
    return False


def test_every_switched_off_check_is_noticed(world):
    world.browsers["rosa"].raise_request_exception = True
    missed = []
    for mutation in MUTATIONS:
        with transaction.atomic():
            found = is_noticed(world, mutation)
            transaction.set_rollback(True)
        print(f"{mutation.name}: {found or 'NOT NOTICED'}")  # noqa: T201
        missed += [] if found else [mutation.name]
    print(f"{len(MUTATIONS) - len(missed)} of {len(MUTATIONS)} noticed")  # noqa: T201
    assert missed == []


def test_the_children_s_tests_pass_while_every_check_is_on(world):
    """Else a test that always fails would count as noticing."""
    for name in sorted({name for mutation in MUTATIONS for name in mutation.tests}):
        assert not _fails(world, name), name
