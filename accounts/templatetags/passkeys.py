from ipaddress import ip_address
from urllib.parse import urlsplit

from django import template

register = template.Library()


@register.simple_tag(takes_context=True)
def no_passkeys_here(context):
    """ "" where passkeys work; else where they do: the same page at localhost, or "elsewhere".

    A passkey belongs to a name, and an IP address is none.
    """
    request = context["request"]
    here = urlsplit(f"{request.scheme}://{request.get_host()}")
    try:
        address = ip_address(here.hostname)
    except ValueError:
        return ""
    if not address.is_loopback:
        return "elsewhere"
    port = f":{here.port}" if here.port else ""
    return f"{request.scheme}://localhost{port}{request.get_full_path()}"
