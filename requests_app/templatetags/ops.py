from django import template

from requests_app import ops

register = template.Library()


@register.inclusion_tag("admin/_installation.html")
def installation():
    """The head of the ops pages: parts that are off, queues that wait, when each sweep ran last."""
    return {"parts": ops.parts(), "queues": ops.queues(), "sweeps": ops.sweeps()}
