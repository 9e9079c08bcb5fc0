"""The two databases' ways of saying the same: which entries hold these tokens, in the stored order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from feidi.kernel.search.tokens import Term


@dataclass(frozen=True, slots=True)
class Dialect:
    """SQL of one database; each statement takes (expression, limit).

    ``rows`` is for few matches or any number. ``glance``, where there is one, is quick when matches are dense: it
    looks at the head of the order only, so that fewer rows than asked for mean "do not know", not "no more".
    """

    rows: str
    count: str
    glance: str
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
    glance="",
    conjunction=" AND ",
    disjunction=" OR ",
    negation=" NOT ",
    prefix="*",
)
_POSTGRESQL = Dialect(
    # materialized: left alone, the planner may walk the whole table in order because it expects many matches
    rows=(
        "WITH f AS MATERIALIZED (SELECT id, sort_place FROM search_entry WHERE vector @@ %s::tsquery) "
        "SELECT e.subject_kind, e.subject_uid, e.title, e.subtitle "
        "FROM (SELECT id, sort_place FROM f ORDER BY sort_place, id LIMIT %s) AS g "
        "JOIN search_entry AS e ON e.id = g.id ORDER BY g.sort_place, g.id"
    ),
    count="SELECT count(*) FROM (SELECT 1 FROM search_entry WHERE vector @@ %s::tsquery LIMIT %s) AS found",
    glance=(
        "SELECT subject_kind, subject_uid, title, subtitle "
        "FROM (SELECT * FROM search_entry ORDER BY sort_place, id LIMIT 20000) AS head "
        "WHERE vector @@ %s::tsquery ORDER BY sort_place, id LIMIT %s"
    ),
    conjunction=" & ",
    disjunction=" | ",
    negation=" & !",
    prefix=":*",
)


def dialect_of(vendor: str) -> Dialect:
    """Return the dialect of ``vendor``."""
    return _POSTGRESQL if vendor == "postgresql" else _SQLITE
