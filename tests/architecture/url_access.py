"""Who may open which address. A new address without an entry here fails the build.

``everyone``: also without signing in. ``signed_in``: any user. ``rows``: shows rows, so what it shows follows
decisions 2: a user without grants gets 404 for any row, and the generated test of ``tests/access`` walks it over
roles × own, other outpost, other home, not yet reported.
"""

from __future__ import annotations

from typing import Literal

Who = Literal["everyone", "signed_in", "rows"]

ACCESS: dict[str, Who] = {
    "account:login": "everyone",
    "account:logout": "signed_in",
    "account:language": "everyone",
    "account:password_change": "signed_in",
    "ui:gallery": "signed_in",
    "ui:menu": "signed_in",
    "ui:watermark": "signed_in",
}
