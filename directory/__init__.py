"""Custodians: the practices and hospitals that hold records, and can be asked for them.

Main nouns: `Custodian` (a facility), `Service` (what it adds to a release, with its fee), `FormOffered`, `Favorite`.
`organization/` are the pages on which a practice, or a requestor, keeps its own data.
"""
