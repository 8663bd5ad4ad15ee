"""Programs that read strangers' files. Each is a process of its own, with limits; none imports Django.

A program is a module with `main(job, report)`: `job` is what `documents.limited.run` was given, and
`report(**facts)` hands one line of JSON back at once, so that what was found before a kill is not lost.
"""
