"""What people do, told line by line over a pipe: `python -m tests.faults.script` inside a house's environment."""

import io
import json
import sys

import django


def main():
    django.setup()
    from django.db import close_old_connections

    from tests.faults import verbs

    for line in sys.stdin:
        verb, words, facts = json.loads(line)
        close_old_connections()  # a test may have cut it
        answer = getattr(verbs, verb)(*words, **facts)
        sys.__stdout__.write(json.dumps(answer) + "\n")
        sys.__stdout__.flush()


if __name__ == "__main__":
    sys.stdout = io.StringIO()  # the pipe is for answers only
    main()
