"""Owing people notices. How a notice is kept, worded and sent is `correspondence`'s, which hears the signal."""

from accounts.signals import notice_owed


def tell(people, event, *, path="", **words):
    """Owe each of `people` a notice about `event`; `words` (no health information) fill its template.

    Call it inside the transaction of what it tells of.
    """
    for person in people:
        notice_owed.send(None, event=event, person=person, address=person.email, path=path, words=words)


def tell_address(address, event, *, by_text=False, secret_path="", on_behalf_of="", language="en", **words):
    """Owe an address or a number a notice that nobody else may read: a code, or a link with a token.

    `words` and `secret_path` are sealed, and dropped once it is delivered.
    """
    notice_owed.send(
        None,
        event=event,
        person=None,
        address=str(address),
        by_text=by_text,
        secret_path=secret_path,
        on_behalf_of=on_behalf_of,
        language=language,
        words=words,
    )
