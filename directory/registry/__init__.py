"""The national provider registry (NPPES): its file streamed into `RegistryEntry`, row by row (product 3.6).

`columns` recognises the file by its header, `reading` streams it, `rows` makes an entry of a row and mends what
a spreadsheet did to it, `writing` keeps a batch, `run` goes through a file and knows how far it is.
"""


class BadFile(Exception):
    """The file can't be taken; the message says why, and what to do."""


class BadRow(Exception):
    """A row can't be taken; the message is its reason, the same for the same fault."""
