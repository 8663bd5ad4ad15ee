"""Measures the product beside what the machine itself needs for the same work: `bin/bench`, docs/figures.md.

Main nouns: `Figure` (one line of the table), part (a module with `measure(size)` that returns figures), yardstick
(the least that could do the job: a hand-written query, qpdf and pdftoppm, a loop that decrypts).
"""
