"""What differs between engines of SQL. Everything else that is emitted is plain ANSI."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Dialect:
    """One engine.

    ``quote``    around names               ``wide``     a type of whole numbers beyond 64 bits
    ``whole``    64-bit whole numbers       ``divided``  whole division, of numbers that are not negative
    ``day``      the ordinal of a date      ``text``     the type of a text
    """

    name: str
    quote: str
    wide: str
    whole: str
    divided: str
    day: str
    text: str

    def column(self, name: str) -> str:
        """Return a name as it is written."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"

    def literal(self, text: str) -> str:
        """Return a text as it is written."""
        doubled = text.replace("'", "''") if self.quote == '"' else text.replace("\\", "\\\\").replace("'", "\\'")
        return f"'{doubled}'"


DUCKDB: Final = Dialect(
    "duckdb",
    '"',
    "HUGEINT",
    "BIGINT",
    "({number} // {by})",
    "(CAST({date} AS DATE) - DATE '0001-01-01' + 1)",
    "VARCHAR",
)
SPARK: Final = Dialect(
    "spark",
    "`",
    "DECIMAL(38, 0)",
    "BIGINT",
    "({number} div {by})",
    "(DATEDIFF({date}, DATE '0001-01-01') + 1)",
    "STRING",
)
