"""Real processes, killed and cut off: web, worker and beat on a scratch database, and a Redis of their own.

`house` starts and breaks them, `script` is told what people do, `test_*` has a fault each, and the end is always
the same: the work is done, once, and `check_invariants` prints 0 violations.
"""
