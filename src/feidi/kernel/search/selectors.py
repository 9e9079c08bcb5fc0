"""Asking the index."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import connection

from feidi.kernel.search.entries import COUNTED, NOTHING, Hit, Results, Visible
from feidi.kernel.search.matching import Dialect, dialect_of
from feidi.kernel.search.services import kind_token
from feidi.kernel.search.tokens import Term, query_terms, title_token


def search(query: str, *, visible: Visible, kinds: Iterable[str] | None = None, limit: int = 50) -> Results:
    """Return what of ``visible`` holds every word of ``query``: whole titles first, then in the stored order.

    Words: Chinese of any length, the start of a Latin or digit word, two or more pinyin initials of a title, the
    first six or more characters of a code. ``kinds`` narrows to these. ``total`` is exact up to ``COUNTED``.
    """
    terms, reached = query_terms(query), _any(visible.tokens())
    if not terms or not reached.anyof:
        return NOTHING
    asked = [*terms, reached]
    if kinds is not None:
        asked.append(_any(kind_token(each) for each in kinds))
        if not asked[-1].anyof:
            return NOTHING
    return _results(dialect_of(connection.vendor), asked, title_token(query), limit)


def _any(tokens: Iterable[str]) -> Term:
    return Term(tuple((each,) for each in tokens))


def _results(dialect: Dialect, asked: list[Term], whole: str, limit: int) -> Results:
    counted = _fetch(dialect.count, dialect.expression(asked), COUNTED + 1)[0][0]
    if not counted:
        return NOTHING
    found = _fetch(dialect.rows, dialect.expression([*asked, _any([whole])]), limit)
    wanted = min(counted, limit) - len(found)
    if wanted > 0:
        others = dialect.expression(asked, without=whole)
        rest = _fetch(dialect.glance, others, wanted) if dialect.glance and counted > COUNTED else []
        found += rest if len(rest) == wanted else _fetch(dialect.rows, others, wanted)
    return Results(tuple(Hit(*row) for row in found), min(counted, COUNTED), more=counted > COUNTED)


def _fetch(sql: str, expression: str, limit: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression, limit])
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
