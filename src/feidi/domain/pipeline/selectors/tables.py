"""The stage table that a project's home has published."""

from __future__ import annotations

from feidi.domain.parties.models import Outpost
from feidi.engines.stages import StageTable, parse_table
from feidi.kernel.content.library import read

STAGES = "enclave/stages.yaml"
_TABLES: dict[str, StageTable] = {}


def stage_table(outpost: Outpost) -> StageTable:
    """Return the stage table in force for an outpost (its home's, nearest wins)."""
    parsed = read(outpost.home.code, STAGES, on=None)
    if parsed.sha256 not in _TABLES:
        # content is immutable under its hash, so one parse per process is enough
        _TABLES[parsed.sha256] = parse_table(parsed.data, sha256=parsed.sha256)
    return _TABLES[parsed.sha256]
