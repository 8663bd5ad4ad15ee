"""What to look for where nobody has all that was asked for."""

from dataclasses import replace

from directory.finding import specialties, spelling

_TRIED = 4  # words left out, one at a time
_COMMON = 5000  # names; a word that more have would be all that is left, and bring whoever comes first
_UNKNOWN = 10**9  # more often than any word: one that no name holds goes first


def looser(search):
    """Lists of searches that each ask for a little less, the likeliest first; each list is made when it is wanted."""
    words = search.words
    if not words:
        return
    yield [replace(search, is_doubtful=True)]
    yield [_named(search, other) for other in _respaced(words)]
    if not search.specialty:
        yield [
            replace(_named(search, words[:at] + words[at + 1 :]), specialty=word)
            for at, word in enumerate(words)
            if len(words) > 1 and specialties.is_one(word)
        ]
    yield [_named(search, words[:at] + words[at + 1 :]) for at in _to_leave_out(words)]


def _named(search, words):
    return replace(search, name=" ".join(words))


def _respaced(words):
    """ "park view" for "parkview", and the other way around, where names hold that."""
    joined = {at: "".join(words[at : at + 2]) for at in range(len(words) - 1)}
    parted = {
        (at, end): [word[:end], word[end:]]
        for at, word in enumerate(words)
        for end in range(spelling.SHORTEST, len(word) - spelling.SHORTEST + 1)
    }
    there = spelling.known([*joined.values(), *(part for parts in parted.values() for part in parts)])
    yield from ([*words[:at], one, *words[at + 2 :]] for at, one in joined.items() if one in there)
    yield from (
        [*words[:at], *parts, *words[at + 1 :]]
        for (at, _), parts in parted.items()
        if there.issuperset(parts)
    )


def _to_leave_out(words):
    """The places of the words that may be left out, one at a time: not the rarest that is known, which says most."""
    counts = spelling.counts(words)
    if len(words) < 2 or not counts:
        return []
    rarest = min(counts, key=counts.get)
    if counts[rarest] > _COMMON and len(words) == 2:
        return []
    others = [at for at, word in enumerate(words) if word != rarest]
    return sorted(others, key=lambda at: -counts.get(words[at], _UNKNOWN))[:_TRIED]
