"""What may have been meant by a word that no name holds: words of the registry that are one or two letters away."""

from string import ascii_lowercase

from django.db import connection, transaction
from django.db.models import Q

from directory.finding import index, meaning
from directory.models import Custodian, Word
from directory.models.word import SHORTEST

MOST = 6
_CANDIDATES = 400
_FEW = 20  # names that hold a word that may be misspelled in them too


def learn():
    """Make the vocabulary anew from the registry and the custodians; returns how many words there are.

    Counted first, which takes minutes: whoever saves a custodian meanwhile doesn't wait for it.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COUNT[connection.vendor])
        Word.objects.all().delete()
        cursor.execute(
            "insert into directory_word (text, count) select text, count from words_counted where true "
            "on conflict do nothing"
        )
        cursor.execute("drop table words_counted")
        for words in Custodian.objects.values_list("words", flat=True):
            Word.note(words)
    return Word.objects.count()


_COUNT = {
    "postgresql": """
        create temp table words_counted as
        select word as text, ndoc as count from ts_stat(
            'select array_to_tsvector(string_to_array(words, '' '')) from directory_registryentry
             where deactivated_on is null'
        ) where word ~ '^[a-z]{3,60}$'
    """,
    "sqlite": """
        create temp table words_counted as
        select term as text, doc as count from directory_registryentry_words_there
        where length(term) between 3 and 60 and term not glob '*[^a-z]*'
    """,
}


def known(typed):
    """Those of the words that names hold as they were typed."""
    return set(counts(typed))


def counts(typed):
    """How many names hold each of the words, of those that any does."""
    return dict(Word.objects.filter(pk__in=typed).values_list("pk", "count"))


def meant(word):
    """The words that may have been meant, the likeliest first: near, then frequent; at most six.

    Where one letter is wrong the words are looked up, which takes a few milliseconds. Only where there is none the
    vocabulary is searched for what two wrong letters may have made of it: of long words that takes a hundred times
    as long.
    """
    if len(word) < SHORTEST or not word.isalpha():
        return []
    near = Word.objects.filter(pk__in=_one_wrong(word)).order_by("-count").values_list("text", flat=True)
    return list(near[:MOST]) or ([] if len(word) < 6 else _two_wrong(word))


def _one_wrong(word):
    """All that one letter added, left out, changed or swapped with its neighbor makes of a word."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    made = {begin + end[1:] for begin, end in parts if end}
    made |= {begin + end[1] + end[0] + end[2:] for begin, end in parts if len(end) > 1}
    for letter in ascii_lowercase:
        made |= {begin + letter + end for begin, end in parts}
        made |= {begin + letter + end[1:] for begin, end in parts if end}
    return made - {word}


def _two_wrong(word):
    letters = set(word)
    with index.preferred():
        candidates = list(_candidates(word, 2))
    # One changed letter makes two differences between the letters; this spares most words the reckoning.
    likely = ((text, count) for text, count in candidates if len(letters.symmetric_difference(text)) <= 4)
    near = [(apart(word, text, 2), -count, text) for text, count in likely]
    return [text for distance, _, text in sorted(near) if distance <= 2][:MOST]


def _candidates(word, most):
    """`(text, count)` of words that look like it."""
    there = Word.objects.all()
    if connection.vendor == "postgresql":
        there = there.extra(
            where=["text %% %s"],
            params=[word],
            select={"alike": "similarity(text, %s)"},
            select_params=[word],
        ).order_by("-alike")
    else:
        # The first letter, or the last two, are seldom what is wrong.
        there = there.filter(Q(pk__startswith=word[0]) | Q(pk__endswith=word[-2:]))
        there = there.extra(
            where=["length(text) between %s and %s"], params=[len(word) - most, len(word) + most]
        )
        return there.values_list("text", "count")
    return there.values_list("text", "count")[:_CANDIDATES]


def apart(one, other, most):
    """How many letters were added, left out, changed or swapped with their neighbor; `most` + 1 for more than `most`.

    The optimal string alignment distance.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before, row = [], list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        older, before, row = before, row, [at]
        for to, another in enumerate(other, start=1):
            cost = min(before[to] + 1, row[to - 1] + 1, before[to - 1] + (letter != another))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == another:
                cost = min(cost, older[to - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def alternatives(typed, *, is_open, is_doubtful=False, looked_up=None):
    """A term (see `index`) for each word that was typed; the last one may be the beginning of a word if `is_open`.

    A word that no name holds may be misspelled; if `is_doubtful`, one that few do. `looked_up` keeps what each may
    mean, since that takes longest.
    """
    there, looked_up = counts(typed), {} if looked_up is None else looked_up
    terms = []
    for at, (word, others) in enumerate(zip(typed, meaning.also(typed), strict=True)):
        is_begun = is_open and at == len(typed) - 1 and len(word) >= SHORTEST
        term = [word, *([f"{word}*"] if is_begun else []), *others]
        if there.get(word, 0) <= (_FEW if is_doubtful else 0) and not word.isdigit():
            term += looked_up[word] if word in looked_up else looked_up.setdefault(word, meant(word))
            if len(word) >= SHORTEST and not is_begun:
                term.append(f"{word}*")
        terms.append(tuple(dict.fromkeys(term)))
    return terms
