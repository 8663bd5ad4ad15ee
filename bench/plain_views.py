"""The yardstick of the lists: the same rows by a hand-written query, in the smallest view that could show them.

It stands behind the same middleware and asks who is signed in, as any page of health information must. No sidebar, no
counts, no filters, no words: a table of what the database gave.
"""

from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpResponse
from django.template import Context, Engine

from bench import plain_queries

PAGE = Engine().from_string(
    "<!doctype html><html><title>Plain</title><table>{% for row in rows %}<tr>"
    "{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></html>"
)


@login_required
def plain(request, name):
    with connection.cursor() as cursor:
        cursor.execute(plain_queries.QUERIES[name], {"organization": request.member.organization_id})
        rows = cursor.fetchall()
    return HttpResponse(PAGE.render(Context({"rows": rows})))
