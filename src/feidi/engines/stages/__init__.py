"""Stages: may this stage follow, and what is still missing? One answer for the move and for the checklist.

State is a table (``StageTable``, written as content): stages in order, guards to enter each, who may
move, clocks. ``evaluate`` answers for one project, ``evaluate_many`` for columns of them; a property
test holds the two equal. A fact that is not known is *unknown*, which is neither yes nor no.
"""

from feidi.engines.stages.evaluate import evaluate, next_stages
from feidi.engines.stages.many import Columns, evaluate_many
from feidi.engines.stages.parse import TableError, parse_table
from feidi.engines.stages.table import (
    Answer,
    Checked,
    Clock,
    Guard,
    GuardKind,
    Known,
    Position,
    StageDef,
    StageTable,
    Status,
    TrackDef,
)

__all__ = [
    "Answer",
    "Checked",
    "Clock",
    "Columns",
    "Guard",
    "GuardKind",
    "Known",
    "Position",
    "StageDef",
    "StageTable",
    "Status",
    "TableError",
    "TrackDef",
    "evaluate",
    "evaluate_many",
    "next_stages",
    "parse_table",
]
