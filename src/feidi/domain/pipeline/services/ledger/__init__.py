"""The 招商台账: read in, previewed, written, undone, and written out again (decisions 10 and 11)."""

from feidi.domain.pipeline.services.ledger.batches import (
    count_rows,
    decide_row,
    findings_of,
    propose_mapping,
    set_mapping,
    start_batch,
)
from feidi.domain.pipeline.services.ledger.committing import commit_batch
from feidi.domain.pipeline.services.ledger.exporting import export_projects
from feidi.domain.pipeline.services.ledger.staging import stage_batch
from feidi.domain.pipeline.services.ledger.undoing import Undone, undo_batch
from feidi.domain.pipeline.services.ledger.workbook import error_workbook

__all__ = [
    "Undone",
    "commit_batch",
    "count_rows",
    "decide_row",
    "error_workbook",
    "export_projects",
    "findings_of",
    "propose_mapping",
    "set_mapping",
    "stage_batch",
    "start_batch",
    "undo_batch",
]
