"""Stripe's forms: `card[number]=…&expand[]=…` to nested values, with the names it knows checked."""

from urllib.parse import parse_qsl

from sandbox.bank.errors import Refusal


def decode(text):
    """A nested dict of strings; `a[]` and `a[0]` become lists."""
    tree = {}
    for name, value in parse_qsl(text or "", keep_blank_values=True):
        head, *rest = name.replace("]", "").split("[")
        _put(tree, [head, *rest], value)
    return _lists(tree)


def _put(tree, path, value):
    for part in path[:-1]:
        tree = tree.setdefault(part, {})
        if not isinstance(tree, dict):
            raise Refusal("Invalid form encoding", param=path[0])
    last = path[-1] or str(len(tree))
    tree[last] = value


def _lists(tree):
    if not isinstance(tree, dict):
        return tree
    made = {name: _lists(value) for name, value in tree.items()}
    if made and all(name.isdigit() for name in made):
        return list(made.values())
    return made


def check_names(params, known):
    for name in params:
        if name not in known:
            raise Refusal(f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def require(params, *names):
    for name in names:
        if not params.get(name):
            raise Refusal(f"Missing required param: {name}.", code="parameter_missing", param=name)


def whole(params, name):
    text = params.get(name, "")
    if not (text.isascii() and text.isdigit()):
        raise Refusal(f"Invalid integer: {text}", code="parameter_invalid_integer", param=name)
    return int(text)


def is_true(params, name):
    return params.get(name, "").lower() == "true"
