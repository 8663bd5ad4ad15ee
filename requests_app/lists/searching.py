"""What somebody types into a list's search: a request ID, or names."""

import re
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from requests_app import public_id
from requests_app.models.patient import search_key

LONGEST = 100
LEAST_LETTERS = 2
MOST_WORDS = 4
MOST_NAMED = 100


@dataclass
class Search:
    """`ways` are the conditions of which a row must meet at least one; `problem` says why nothing can be looked for.

    An ID with a slip is told apart from one that nobody has (product 1.3). `also` gives further ways for a text:
    a function from the typed text to a list of Q.
    """

    text: str
    also: object = None
    ways: list = field(default_factory=list)
    problem: str = ""
    looked_for_id: str = ""

    def __post_init__(self):
        self.text = " ".join(self.text.replace("\0", "").split())[:LONGEST]
        if not self.text:
            self.ways = [Q()]
        elif re.fullmatch(r"[0-9][0-9\s\-–]{5,}", self.text):
            self._by_id()
        elif len(re.findall(r"\w", self.text)) < LEAST_LETTERS:
            self.problem = _("Type at least two letters of a name, or a request ID.")
        else:
            self.ways = [*_patient(self.text), *(self.also(self.text) if self.also else [])]

    def _by_id(self):
        try:
            digits = public_id.parse(self.text)
        except ValueError:
            self.problem = public_id.SLIP % {"typed": self.text[:20]}
            return
        self.looked_for_id = public_id.written(digits)
        self.ways = [Q(public_id=digits)]

    @property
    def nothing_found(self):
        """The sentence for an empty list."""
        if self.looked_for_id:
            return _("No request here has the ID %(id)s. It is a right ID, so it may be somebody else's.") % {
                "id": self.looked_for_id
            }
        return self.problem or _("Nothing matches what you chose.")


def _patient(text):
    """Patients by the beginnings of their names, in either order: "wright", "thomas wr", "Wright, Thomas"."""
    words = [search_key(word) for word in re.split(r"[\s,]+", text) if word][:MOST_WORDS]
    if len(words) == 1:
        return [Q(patient__last_key__startswith=words[0]), Q(patient__first_key__startswith=words[0])]
    first, rest = words[0], " ".join(words[1:])
    head, last = " ".join(words[:-1]), words[-1]
    return [
        Q(patient__first_key__startswith=first, patient__last_key__startswith=rest),
        Q(patient__last_key__startswith=head, patient__first_key__startswith=last),
        Q(patient__last_key__startswith=first, patient__first_key__startswith=rest),
    ]


def named(field, found):
    """Requests whose `field` is one of `found`, organizations or custodians of a name.

    They are looked up first: knowing which they are, and that there is none, the database need not go through every
    request to see that nobody is called so.
    """
    keys = list(found.order_by().values_list("pk", flat=True)[: MOST_NAMED + 1])
    return Q(**{f"{field}__in": keys if len(keys) <= MOST_NAMED else found})
