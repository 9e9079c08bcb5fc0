"""The two databases' ways of saying the same: which entries hold these tokens, in the stored order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feidi.kernel.search.tokens import Term


@dataclass(frozen=True, slots=True)
class Dialect:
    """SQL of one database. ``rows`` and ``count`` take (expression, limit)."""

    rows: str
    count: str
    conjunction: str
    disjunction: str
    negation: str
    prefix: str

    def expression(self, terms: Sequence[Term], *, without: str = "") -> str:
        """Return the match expression: all of ``terms``, and not the token ``without``.

        Tokens hold lower-case letters and digits only, so nothing needs quoting.
        """
        asked = self.conjunction.join(self._any(term) for term in terms)
        return f"({asked}){self.negation}{without}" if without else asked

    def _any(self, term: Term) -> str:
        ways = (self.conjunction.join(each.replace("*", self.prefix) for each in way) for way in term.anyof)
        return "(" + self.disjunction.join(f"({way})" for way in ways) + ")"


_SQLITE = Dialect(
    # a row number is sort_place << 27 | id (see the migration): SQLite walks the matches in the stored order and stops
    # after the first page; 134217727 cuts the id out again
    rows=(
        "SELECT e.subject_kind, e.subject_uid, e.title, e.subtitle FROM "
        "(SELECT rowid AS place FROM search_fts WHERE search_fts MATCH %s ORDER BY rowid LIMIT %s) AS f "
        "JOIN search_entry AS e ON e.id = (f.place & 134217727) ORDER BY f.place"
    ),
    count="SELECT count(*) FROM (SELECT 1 FROM search_fts WHERE search_fts MATCH %s LIMIT %s)",
    conjunction=" AND ",
    disjunction=" OR ",
    negation=" NOT ",
    prefix="*",
)
_POSTGRESQL = Dialect(
    rows=(
        "SELECT subject_kind, subject_uid, title, subtitle FROM search_entry "
        "WHERE vector @@ %s::tsquery ORDER BY sort_place, id LIMIT %s"
    ),
    count="SELECT count(*) FROM (SELECT 1 FROM search_entry WHERE vector @@ %s::tsquery LIMIT %s) AS found",
    conjunction=" & ",
    disjunction=" | ",
    negation=" & !",
    prefix=":*",
)


def dialect_of(vendor: str) -> Dialect:
    """Return the dialect of ``vendor``."""
    return _POSTGRESQL if vendor == "postgresql" else _SQLITE
