"""The table of `table.py`, walked: every address × person × whose object, by GET, HEAD, htmx and JSON."""

from copy import copy, deepcopy

import pytest
from django.db import transaction
from django.urls import reverse

from tests.access import addresses, looking
from tests.access.table import ROWS, Open
from tests.access.world import AHEAD, OF_A_LINK, PEOPLE

pytestmark = pytest.mark.django_db(databases=["default", "sandbox"])
SIGN_IN = "/account/login/"
PAGES_AHEAD = {reverse(name): name for name in AHEAD.values()}
AS_A_SCRIPT = {"HTTP_HX_REQUEST": "true", "HTTP_ACCEPT": "application/json"}
# One of each sort: what differs between the others is in the table, not in how they ask.
SORTS = ["anonymous", "unverified", "rolf", "rita", "sam", "rex", "pia", "link_signed"]
OF_OBJECTS = [row for row in ROWS if row.of and not isinstance(row, Open)]
ids = [f"{row.method}-{row.name}" for row in ROWS]


def ask(world, person, row, address, method=None, **headers):
    """One answer; whatever it did is undone. Returns it with its body and the tables it wrote to."""
    browser, method = copy(world.browsers[person]), (method or row.method).lower()
    browser.cookies = deepcopy(browser.cookies)  # a new session key would be rolled back as well
    request = getattr(world.ours, row.of) if row.of else None
    with transaction.atomic(), transaction.atomic(using="sandbox"):
        send = _sent(row, world, request) if method == "post" else {}
        with looking.writing() as written:
            answer = getattr(browser, method)(address, send, **headers)
            content = looking.body(answer)
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="sandbox")
    return answer, content, written


def _sent(row, world, request):
    sent = row.post(world, request) if callable(row.post) else dict(row.post or {})
    return {name: said(world, request) if callable(said) else said for name, said in sent.items()}


def people_for(row):
    """All of them; of the links' holders one is enough where no link opens anything."""
    links = [] if isinstance(row, Open) else OF_A_LINK[1:]
    return [person for person in PEOPLE if person not in links]


def decision(answer):
    """The status, "sign in", or the name of what is ahead of that person."""
    led_by_htmx = answer.get("HX-Redirect", "")  # a script is led on so, a browser by 302
    location = led_by_htmx or (answer.get("Location", "") if answer.status_code == 302 else "")
    if location.startswith(SIGN_IN):
        return "sign in"
    return PAGES_AHEAD.get(location, 302 if led_by_htmx else answer.status_code)


def expected(row, person):
    return row.expected(person)


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_everybody_gets_what_the_table_says(world, row):
    address = addresses.at(world, row, world.ours)
    wrong = []
    for person in people_for(row):
        answer, content, written = ask(world, person, row, address)
        looking.check_everywhere(person, answer, content)
        if decision(answer) != expected(row, person):
            wrong.append((person, decision(answer), "not", expected(row, person)))
        elif row.method == "POST" and bool(written) != _changes(row, person):
            wrong.append((person, "wrote", written))
        if row.name != "show_ssn" and looking.shows_ssn(content):
            wrong.append((person, "saw the whole number"))
    assert wrong == [], wrong


def _changes(row, person):
    if isinstance(row, Open):
        return bool(row.changes) and person.removeprefix("link_") in row.changes
    return person in row.may and (row.changes is True or person in (row.changes or ()))


@pytest.mark.parametrize("row", ROWS, ids=ids)
def test_the_decision_is_the_same_however_one_asks(world, row):
    address = addresses.at(world, row, world.ours)
    wrong = []
    allowed = [] if isinstance(row, Open) else sorted(row.may)[:1]
    for person in [*SORTS, *allowed]:
        asked = [ask(world, person, row, address, **AS_A_SCRIPT)[0]]
        if row.method == "GET":
            asked.append(ask(world, person, row, address, "HEAD")[0])
        fine = {expected(row, person), 200 if row.in_place and person in row.may else None}
        wrong += [(person, decision(one)) for one in asked if decision(one) not in fine]
    assert wrong == [], wrong


@pytest.mark.parametrize("row", OF_OBJECTS, ids=[f"{row.method}-{row.name}" for row in OF_OBJECTS])
def test_somebody_else_s_object_is_the_same_as_none(world, row):
    none = addresses.at(world, row, world.ours, missing=True)
    wrong = []
    for side, strangers in ((world.ours, ("sam", "otto")), (world.theirs, ("rosa", "clara", "rolf"))):
        address = addresses.at(world, row, side)
        for person in set(strangers) - row.refused:  # those hear the same of any
            here, content, written = ask(world, person, row, address)
            nowhere, nothing, _ = ask(world, person, row, none)
            same = looking.bare(content, address) == looking.bare(nothing, none)
            if (here.status_code, nowhere.status_code, same, written) != (404, 404, True, set()):
                wrong.append((person, here.status_code, nowhere.status_code, same, written))
    assert wrong == [], wrong


@pytest.mark.parametrize("name", sorted({row.name for row in ROWS}))
def test_what_isn_t_offered_is_refused(world, name):
    rows = [row for row in ROWS if row.name == name]
    offered = {row.method for row in rows}
    address = addresses.at(world, rows[0], world.ours)
    for method in {"GET", "POST", "DELETE"} - offered:
        answer, _, written = ask(world, "rosa", rows[0], address, method)
        assert (answer.status_code, written) == (405, set())


def test_every_address_has_a_row():
    rows = {row.name for row in ROWS}
    assert addresses.names_of(lambda at: True) - rows == set()
