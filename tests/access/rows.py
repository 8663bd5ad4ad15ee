"""How the tables say who gets what: a `Row` of somebody's object, an `Open` page that is the same for everybody."""

from dataclasses import dataclass, field

from accounts.door import OPEN
from tests.access.world import AHEAD, OF_A_LINK, PEOPLE

NOT_SIGNED_IN = {"anonymous", "unverified", *OF_A_LINK}
SIGNED_IN = set(PEOPLE) - NOT_SIGNED_IN
MEMBERS = SIGNED_IN  # a page of one's own organization: nobody's object is asked for
NO_ONE = dict.fromkeys(NOT_SIGNED_IN, "sign in")


@dataclass(frozen=True)
class Row:
    name: str
    sees: set
    may: set
    of: str = ""
    answer: int = 200
    post: object = None  # what is sent: a dict, or a function of (world, request)
    changes: object = False  # whether something is written then, or for whom
    refused: set = field(default_factory=set)  # 403 besides those of `sees`
    args: dict = field(default_factory=dict)
    query: object = ""
    but: dict = field(default_factory=dict)  # somebody's own answer
    in_place: bool = False  # htmx gets a fragment where a browser is led on

    @property
    def method(self):
        return "GET" if self.post is None else "POST"

    def expected(self, person):
        if person in NOT_SIGNED_IN:
            return "sign in"
        if person in AHEAD:
            return AHEAD[person]
        if person in self.but:
            return self.but[person]
        if person in self.may:
            return self.answer
        return 403 if person in self.sees | self.refused else 404


def do(name, sees, may, of="", **said):
    """A row whose POST changes something and leads on."""
    return Row(name, sees, may, of, **{"answer": 302, "post": {}, "changes": True} | said)


@dataclass(frozen=True)
class Open:
    """The same for everybody: `answer`, or what `but` says of a person."""

    name: str
    answer: int = 200
    post: object = None
    but: dict = field(default_factory=dict)
    args: dict = field(default_factory=dict)
    changes: object = ()
    of: str = ""
    query: object = ""
    leads_on: bool = False  # a page of the way in: who has another one ahead is led there
    in_place = False

    method = Row.method

    def expected(self, person):
        ahead = AHEAD.get(person) if self.leads_on or self.name not in OPEN else None
        return self.but.get(person, ahead or self.answer)


def link(name, post=None, changes=(), **answers):
    """A page behind the patient's link: what each link opens; without one there is nothing, for anybody."""
    answers = {"withdrawn": 410, "expired": 410, "locked": 403} | answers
    but = {f"link_{standing}": answer for standing, answer in answers.items()}
    return Open(name, 404, post, but, changes=changes)
