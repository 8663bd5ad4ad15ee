from django import template

from requests_app import ops

register = template.Library()


@register.inclusion_tag("admin/_installation.html", takes_context=True)
def installation(context):
    """The head of the ops pages: parts that are off, queues that wait, when each sweep ran last.

    Of queues and sweeps what this person may open: each is a link, and none leads to a refusal.
    """
    may = context["request"].user.has_perm
    return {
        "parts": ops.parts(),
        "queues": [one for one in ops.queues() if may(one.right)],
        "sweeps": ops.sweeps() if may("outbox.view_sweeprun") else [],
    }
