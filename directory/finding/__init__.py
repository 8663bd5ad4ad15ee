"""Finding a custodian by what a person types, among those of the network and the millions of the registry (product 3).

`asking` is what was typed, `spelling` what may have been meant, `index` looks it up in the database, `ranking`
puts first what a person would, `places` knows where a ZIP code is. `find` goes through them.
"""
