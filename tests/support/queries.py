"""Counting queries: a list page costs the same at one row and at three.

Template of such a test::

    def test_project_list_keeps_its_query_count(officer_client, make_project):
        def rows(n):
            for _ in range(n):
                make_project()
        assert_same_queries(rows, lambda: officer_client.get("/projects/"))
"""

from __future__ import annotations

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(ask: Callable[[], object]) -> list[str]:
    """Return the SQL that ``ask`` sends."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    return [each["sql"] for each in captured.captured_queries]


def assert_same_queries(make_rows: Callable[[int], object], ask: Callable[[], object], *, at_most: int = 40) -> None:
    """Fail when ``ask`` sends more queries at three rows than at one, or more than ``at_most`` at all."""
    make_rows(1)
    ask()  # first calls fill caches (content, translations, content types)
    one = queries_of(ask)
    make_rows(2)
    three = queries_of(ask)
    assert len(three) == len(one), f"{len(one)} queries at 1 row, {len(three)} at 3:\n" + "\n".join(
        sql for sql in three if sql not in one
    )
    assert len(one) <= at_most, f"{len(one)} queries"
