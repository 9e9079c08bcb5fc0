"""Every reason this engine gives, with its words: what it is, and what to do about it. ``CODES_EN`` has the same keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from feidi.engines.findings import Finding, Scalar

# not str.format: a parameter is somebody's text and may hold braces
_HOLE = re.compile(r"\{(\w+)\}")
CODES: Final[Mapping[str, tuple[str, str]]] = {}
CODES_EN: Final[Mapping[str, tuple[str, str]]] = {}


def parts_of(code: str, params: Mapping[str, Scalar]) -> tuple[str, str]:
    """Return what a code says and how to fix it, in Chinese."""
    what, fix = CODES[code]
    filled = [_HOLE.sub(lambda hole: str(params.get(hole[1], hole[0])), each) for each in (what, fix)]
    return filled[0], filled[1]


def words_of(finding: Finding) -> str:
    """Return both parts as one line."""
    return " ".join(filter(None, parts_of(finding.code, finding.params)))
