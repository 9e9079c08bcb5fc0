"""The shortlist of many needs as one statement of ANSI SQL over the tables of ``affinity.tables``: join, sum, row_number.

It runs unchanged on DuckDB and on Spark. Shards hold some of the offers each with the same weights of terms; their answers are
put together by the same ordering.
"""

from __future__ import annotations

from collections.abc import Sequence

_SCORED = """WITH scored AS (
  SELECT a.need AS need, p.offer AS offer, SUM(a.weight * p.gain) AS score
  FROM asked a JOIN postings p ON p.term = a.term
  GROUP BY a.need, p.offer
)"""


def statement(checks: Sequence[str], looked_at: int) -> str:
    """Return the statement: need, offer, score of the best ``looked_at`` offers of each need that fail no check.

    >>> print(statement([], 20).splitlines()[-1])
    WHERE place <= 20
    """
    joins = ["JOIN needs n ON n.need = s.need", "JOIN offers o ON o.offer = s.offer"]
    joins.append("LEFT JOIN away w ON w.need = s.need AND w.offer = s.offer")
    missed = ["w.need IS NULL"]
    for number, check in enumerate(checks):
        name = f"f{number}"
        joins.append(
            f"LEFT JOIN fails {name} ON {name}.check_name = '{check}' AND {name}.signature = n.s_{check} "
            f"AND {name}.code = o.c_{check}"
        )
        missed.append(f"{name}.code IS NULL")
    passing = "\n  ".join(["SELECT s.need AS need, s.offer AS offer, s.score AS score", "FROM scored s", *joins])
    order = "ROW_NUMBER() OVER (PARTITION BY need ORDER BY score DESC, offer) AS place"
    ranked = f"SELECT need, offer, score, {order} FROM passing"  # noqa: S608 - names of ours
    last = f"SELECT need, offer, score\nFROM ranked\nWHERE place <= {looked_at}"
    where = " AND ".join(missed)
    return f"{_SCORED}, passing AS (\n  {passing}\n  WHERE {where}\n), ranked AS (\n  {ranked}\n)\n{last}"
