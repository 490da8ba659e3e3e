"""Where a request comes from: what throttling counts by and what the first start trusts."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def client_address(request: HttpRequest) -> str | None:
    """The address of who asks. A proxy's word is taken only where the operator named one (GENJIN_HTTPS=1), and of it
    only the last entry, which the proxy itself wrote: whatever stands before it anybody may have sent."""
    address = request.META.get("REMOTE_ADDR", "")
    if settings.BEHIND_PROXY:
        address = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() or address
    try:
        return str(ip_address(address))
    except ValueError:
        return None


def is_from_this_machine(request: HttpRequest) -> bool:
    """Whether it comes over the loopback address and not through a proxy that stands there."""
    if any(header in request.META for header in FORWARDED):
        return False
    address = client_address(request)
    return address is not None and ip_address(address).is_loopback
