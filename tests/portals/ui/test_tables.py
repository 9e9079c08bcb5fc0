"""Lists keep their state in the address; counting stops at the limit."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from feidi.portals.ui import tables
from feidi.portals.ui.pieces import Column
from tests.conftest import NOW

COLUMNS = (
    Column("name", "项目", sortable=True, lead=True),
    Column("stage", "阶段", sortable=True),
    Column("note", "备注", shown=False),
)


def _codes(query: str) -> list[str]:
    return [each.code for each in tables.read_table(QueryDict(query), COLUMNS).columns]


def test_columns_come_from_the_address_and_the_leading_one_always_stays() -> None:
    assert _codes("") == ["name", "stage"]
    assert _codes("cols=note") == ["name", "note"]
    assert _codes("cols=password") == ["name", "stage"]


def test_only_sortable_columns_sort() -> None:
    fields: dict[str, object] = {"name": "name", "stage": ["stage_order", "name"], "note": "note"}
    read = lambda query: tables.read_table(QueryDict(query), COLUMNS, default_sort="name")  # noqa: E731
    assert read("sort=-stage").order_by(fields, ["id"]) == ["-stage_order", "-name", "id"]
    assert read("sort=note").order_by(fields, ["id"]) == ["name", "id"]
    assert read("sort=password").order_by(fields, ["id"]) == ["name", "id"]


def test_a_heading_turns_the_order_and_keeps_the_filters_but_not_the_page() -> None:
    head = tables.read_table(QueryDict("q=云&sort=name&page=3"), COLUMNS).headings()[0]
    assert (head.direction, QueryDict(head.query[1:]).dict()) == ("ascending", {"q": "云", "sort": "-name"})


def _sessions(count: int) -> None:
    Session.objects.bulk_create(Session(session_key=f"{n:06}", session_data="", expire_date=NOW) for n in range(count))


@pytest.mark.django_db
def test_totals_are_exact_up_to_the_limit_and_a_bound_beyond_it() -> None:
    rows = Session.objects.order_by("session_key")
    _sessions(tables.COUNT_LIMIT)
    assert tables.paginate(rows, "1").total_text == "1,000"
    Session.objects.create(session_key="x", session_data="", expire_date=NOW)
    page = tables.paginate(rows, "21")
    assert (page.total_text, [each.pk for each in page.items], page.has_next) == ("1,000+", ["x"], False)


@pytest.mark.django_db
@pytest.mark.parametrize("asked", [None, "", "0", "-1", "x", "99999999", "9"])
def test_nonsense_pages_fall_back_to_one_that_exists(asked: str | None) -> None:
    _sessions(3)
    page = tables.paginate(Session.objects.order_by("session_key"), asked, per_page=2)
    assert (page.first, page.last) in {(1, 2), (3, 3)}


@pytest.mark.django_db
def test_a_page_costs_two_queries_that_both_stop_at_the_limit() -> None:
    from django.db import connection

    _sessions(5)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        tables.paginate(Session.objects.order_by("session_key"), "1")
    assert len(seen) == 2
    assert all("LIMIT" in each["sql"] for each in seen.captured_queries)
