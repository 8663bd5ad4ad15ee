"""The parts of "My Account" and "My Organization": each app brings its own, the pages only list them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

ACCOUNT, ORGANIZATION = "account", "organization"
SECTIONS = []


@dataclass(frozen=True)
class Section:
    """One part of a page: `facts(request)` fills `template`, for whom `shown(member)` says so.

    The page draws the card and its heading, the `name`; `template` is what stands in the card, `style` a style sheet
    of its own, if it needs one.
    `order` places it: tens, with room between. "My Organization" has the facts at 10, members and below from 80 on.
    `member` may be None on "My Account" (ops have no organization).
    """

    page: str
    order: int
    name: str
    template: str
    facts: Callable = lambda request: {}
    shown: Callable = lambda member: True
    style: str = ""


def for_patients(member):
    return member is not None and member.organization.is_household


def for_others(member):
    return not for_patients(member)


def add(page, order, name, template, **said):
    SECTIONS.append(Section(page, order, name, template, **said))


def of(page, request):
    """The parts of a page for whoever looks, in order, each with its facts."""
    mine = [one for one in SECTIONS if one.page == page and one.shown(request.member)]
    return [(one, one.facts(request)) for one in sorted(mine, key=lambda one: one.order)]


def drawn(page, request):
    """The parts of a page for whoever looks, in order: each with its markup."""
    return [(one, render_to_string(one.template, facts, request)) for one, facts in of(page, request)]
