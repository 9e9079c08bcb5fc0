"""Against machines that fill in forms: a field nobody sees, a moment nobody beats, no more than a person begins."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from django.core.signing import BadSignature, Signer

from feidi.engines.findings import refuse
from feidi.kernel.sealing import blind_index
from feidi.portals.ui.addresses import client_address
from feidi.portals.ui.requests import FeidiRequest

#: Left empty by people, who do not see it.
TRAP: Final = "website"
STAMP: Final = "opened"
#: Seconds within which nobody has read the page; seconds after which it is to be opened anew.
SOONEST, LATEST = 3, 24 * 3600
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SIGNER: Final = Signer(salt="feidi.public.apply")


def stamp(request: FeidiRequest) -> str:
    """Return when the page was opened, signed."""
    return _SIGNER.sign(str(int(request.now.timestamp())))


def check_person(request: FeidiRequest, code: str = "incubation.looks_automatic") -> None:
    """Refuse with ``code`` what looks automatic: the trap was filled, the stamp is missing, forged, too young or too old."""
    if request.POST.get(TRAP):
        raise refuse(code)
    try:
        opened = int(_SIGNER.unsign(request.POST.get(STAMP, "")))
    except (BadSignature, ValueError):
        raise refuse(code) from None
    if not SOONEST <= request.now.timestamp() - opened <= LATEST:
        raise refuse(code)


def written(text: str | None) -> str:
    r"""Return what a visitor typed without what no keyboard types: control characters, which a database may not take.

    >>> written(" 找实验室\x00🙂\n第二行 ")
    '找实验室🙂\n第二行'
    """
    return _CONTROL.sub("", text or "").strip()


def origin_of(request: FeidiRequest, today: date) -> str:
    """Return a keyed digest of where a visitor comes from, another one each day; "" when that is not known."""
    address = client_address(request)
    return blind_index(f"apply:{today.isoformat()}:{address}") if address else ""
