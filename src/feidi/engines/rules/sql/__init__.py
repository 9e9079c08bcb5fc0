"""Rules as SQL over a table of facts, for DuckDB and Spark: the way past one machine. Only text is made here."""

from __future__ import annotations

from feidi.engines.rules.sql.batch import WORD, amount_queries, fault_query, verdict_query, words_for
from feidi.engines.rules.sql.dialects import DUCKDB, SPARK, Dialect
from feidi.engines.rules.sql.known import Given

__all__ = [
    "DUCKDB",
    "SPARK",
    "WORD",
    "Dialect",
    "Given",
    "amount_queries",
    "fault_query",
    "verdict_query",
    "words_for",
]
