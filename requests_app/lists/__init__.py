"""Lists of requests, inbound and outbound: states with counts, search, pages, columns, export. One way for each.

Made for a million rows: a page is found by short walks along an index, one for each state (`paging`); counts stop at
a thousand (`counting`); nothing is skipped over, so the last page is as quick as the first.
"""

from requests_app.lists.columns import Column, chosen, table_rows
from requests_app.lists.counting import Count, capped_counts
from requests_app.lists.export import as_csv
from requests_app.lists.paging import DUE_FIRST, NEWEST_FIRST, Slice, cut
from requests_app.lists.sealed import said, searched_by_post
from requests_app.lists.searching import Search
from requests_app.lists.walks import Walk

__all__ = [
    "DUE_FIRST",
    "NEWEST_FIRST",
    "Column",
    "Count",
    "Search",
    "Slice",
    "Walk",
    "as_csv",
    "capped_counts",
    "chosen",
    "cut",
    "said",
    "searched_by_post",
    "table_rows",
]
