"""Batches, their rows, and remembered columns."""

from feidi.kernel.imports.models.batch import ImportBatch
from feidi.kernel.imports.models.memory import MappingMemory
from feidi.kernel.imports.models.row import ImportRow

__all__ = ["ImportBatch", "ImportRow", "MappingMemory"]
