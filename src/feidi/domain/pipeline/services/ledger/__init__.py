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
from feidi.domain.pipeline.services.ledger.staging import stage_batch

__all__ = [
    "commit_batch",
    "count_rows",
    "decide_row",
    "findings_of",
    "propose_mapping",
    "set_mapping",
    "stage_batch",
    "start_batch",
]
