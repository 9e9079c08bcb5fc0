"""From where a visitor comes."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """Return the visitor's address, None when it is not known.

    Behind the https proxy (``FEIDI_HTTPS``) the connection is the proxy's: its own last entry of ``X-Forwarded-For`` is
    taken, which a visitor cannot write. Without one the address is unknown, so that nobody is limited for others' sake.
    """
    if not settings.FEIDI_HTTPS:
        return request.META.get("REMOTE_ADDR") or None
    last = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(last))
    except ValueError:
        return None
