"""Times of things that are done in turns, so that a busy machine is as busy for one as for the other."""

import gc
import time
from statistics import median, quantiles


def in_turns(*actions, rounds, warm=3):
    """Milliseconds of each action, a list per action: A B A B …; the first `warm` rounds don't count."""
    times = [[] for _ in actions]
    gc.collect()
    for turn in range(rounds + warm):
        for kept, action in zip(times, actions, strict=True):
            began = time.perf_counter()
            action()
            if turn >= warm:
                kept.append((time.perf_counter() - began) * 1000)
    return times


def p50(times):
    return median(times)


def p95(times):
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
