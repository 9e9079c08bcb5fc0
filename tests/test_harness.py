"""The harness itself: what it promises must be able to fail."""

from __future__ import annotations

import threading
from datetime import date, datetime
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.template import Context, Engine, Origin, Template

from feidi.kernel.access import ANONYMOUS
from feidi.kernel.audit.models import AuditLink
from feidi.kernel.audit.unit import recorded
from feidi.kernel.calendar.models import HolidayNotice, SpecialDay
from tests.conftest import NOW
from tests.support import templates
from tests.support.home import ON_POSTGRESQL
from tests.support.installation import Installation
from tests.support.patching import assert_patched_equals_reloaded
from tests.support.queries import assert_same_queries


def _template(source: str) -> Template:
    template = Template(source, engine=Engine())
    template.origin = Origin(name=str(Path(templates.OURS) / "planted.html"))
    return template


def _session(key: str) -> Session:
    return Session.objects.create(session_key=key, session_data="", expire_date=NOW)


@pytest.mark.parametrize(
    "source", ["{{ nobody.gave }}", "{% if nobody and 1 %}x{% endif %}", "{% if not nobody %}x{% endif %}"]
)
def test_unknown_template_variables_are_seen(source: str) -> None:
    _template(source).render(Context({}))
    assert len(templates.take_unknown()) == 1


def test_known_template_variables_pass() -> None:
    _template("{% for x in xs %}{{ forloop.counter }}{{ x.a }}{% endfor %}{% if n %}{% endif %}").render(
        Context({"xs": [{}], "n": None})
    )
    assert templates.take_unknown() == []


@pytest.mark.django_db
def test_the_asked_for_database_is_used() -> None:
    assert connection.vendor == ("postgresql" if ON_POSTGRESQL else "sqlite")


@pytest.mark.django_db(transaction=True)
def test_threads_see_committed_rows_and_the_flush_removes_them() -> None:
    _session("one")
    seen: list[int] = []

    def look() -> None:
        seen.append(Session.objects.count())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [1]


@pytest.mark.parametrize("_time", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_each_transactional_test_starts_freshly_migrated(_time: int, now: datetime) -> None:
    assert not AuditLink.objects.exists()
    assert HolidayNotice.objects.filter(year=2026).count() == 1
    assert SpecialDay.objects.filter(date=date(2026, 10, 1), is_working=False).exists()
    with recorded(actor=ANONYMOUS, now=now) as unit:
        unit.acted("looked", kind="harness", uid="2" * 12)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        AuditLink.objects.update(count=0)
    HolidayNotice.objects.filter(year=2026).update(source="changed")


@pytest.mark.django_db
def test_a_query_per_row_is_caught() -> None:
    made = []

    def rows(n: int) -> None:
        made.extend(_session(f"s{len(made) + i}") for i in range(n))

    def ask() -> None:
        for each in Session.objects.all():
            each.refresh_from_db()

    with pytest.raises(AssertionError, match="2 queries at 1 row, 4 at 3"):
        assert_same_queries(rows, ask)
    made.clear()
    Session.objects.all().delete()
    assert_same_queries(rows, lambda: list(Session.objects.all()))


TABLES = """
import json
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2, 3")
    tables = cursor.fetchall()
    cursor.execute("SELECT app, name FROM django_migrations ORDER BY 1, 2")
    print(json.dumps([tables, cursor.fetchall()]))
"""


@pytest.mark.slow
@pytest.mark.skipif(ON_POSTGRESQL, reason="compares with an embedded database; which one makes no difference to this")
def test_tables_made_quickly_are_those_an_operator_gets(tmp_path: Path) -> None:
    plain, quick = Installation(tmp_path / "plain", quick=False), Installation(tmp_path / "quick")
    for place in (plain, quick):
        assert place.run("migrate", "--no-content").status == 0
    assert quick.python(TABLES).json == plain.python(TABLES).json


@pytest.mark.postgresql
@pytest.mark.django_db
def test_trigrams_see_chinese() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SHOW lc_ctype")
        assert cursor.fetchone() == ("C.UTF-8",)


def test_a_patch_that_differs_from_the_reload_is_caught() -> None:
    def page(n: int, total: int) -> str:
        return f'<html><body><p id="n">{n}</p> <b id="total">{total}</b><i>x</i></body></html>'

    good = '<p id="n">2</p><b id="total" hx-swap-oob="true">5</b>'
    assert_patched_equals_reloaded(page(1, 4), good, page(2, 5), target="n")
    assert_patched_equals_reloaded(
        page(1, 4), "<u>7</u>", page(1, 4).replace(">1<", "><u>7</u><"), target="n", swap="innerHTML"
    )
    with pytest.raises(AssertionError):
        assert_patched_equals_reloaded(page(1, 4), '<p id="n">2</p>', page(2, 5), target="n")
