"""Many subjects against many clauses: columns in, packed verdicts and sparse amounts out; agrees with the reference."""

from __future__ import annotations

from feidi.engines.rules.many.amounts import Amounts, AmountTooWideError, amounts_of, constant_amount
from feidi.engines.rules.many.columns import Column, Columns, FactColumnError, columns_of
from feidi.engines.rules.many.near import NearRows, faults_of, near_bits, near_many
from feidi.engines.rules.many.program import Batch, Program, evaluate_many, prepare_many

__all__ = [
    "AmountTooWideError",
    "Amounts",
    "Batch",
    "Column",
    "Columns",
    "FactColumnError",
    "NearRows",
    "Program",
    "amounts_of",
    "columns_of",
    "constant_amount",
    "evaluate_many",
    "faults_of",
    "near_bits",
    "near_many",
    "prepare_many",
]
