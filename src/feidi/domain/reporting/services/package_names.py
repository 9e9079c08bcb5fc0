"""Names of files in packages that leave the house: readable on Windows, inside their folder, never twice."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")
#: Characters of one name: with folder and drive it stays under the 260 of Windows.
_LONGEST = 80
_EXTENSION = 10


def safe_name(name: str, longest: int = _LONGEST) -> str:
    """Return a name that Windows takes and that leads nowhere; the ending survives shortening.

    >>> safe_name("../../etc/passwd"), safe_name("CON.txt"), safe_name("合同: 甲/乙?.pdf "), safe_name("...")
    ('.._.._etc_passwd', '_CON.txt', '合同_ 甲_乙_.pdf', '_')
    """
    kept = _FORBIDDEN.sub("_", name.encode("utf-8", "ignore").decode()).strip()
    kept = kept.rstrip(". ")
    if not kept.strip("."):
        return "_"
    if _RESERVED.match(kept):
        kept = f"_{kept}"
    if len(kept) > longest:
        stem, dot, ending = kept.rpartition(".")
        tail = f".{ending}" if dot and stem and len(ending) <= _EXTENSION else ""
        kept = kept[: longest - len(tail)].rstrip(". ") + tail
    return kept


class Names:
    """The paths given out so far; a second one of the same name (whatever its case) gets a number."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, folder: str, lead: str, name: str) -> str:
        """Return ``folder/lead+name`` made safe and not yet taken."""
        told = safe_name(name, _LONGEST // 2)
        # a title repeats the file's own name when nobody gave it another
        lead = lead.replace(f"_{name}_", "_")
        base = safe_name(f"{safe_name(lead, _LONGEST // 2)}{told}")
        path, number = f"{folder}/{base}", 2
        while path.casefold() in self._taken:
            stem, dot, ending = base.rpartition(".")
            path = f"{folder}/{stem} ({number}).{ending}" if dot else f"{folder}/{base} ({number})"
            number += 1
        self._taken.add(path.casefold())
        return path
