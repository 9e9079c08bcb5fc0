"""Fixtures of every test. Which database: ``FEIDI_TEST_DB`` (see ``tests/settings.py``)."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest

from tests.support import cluster, databases, kept_tables, seeds, tables, templates
from tests.support.home import ON_POSTGRESQL

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

#: The moment at which every test happens: a Monday morning in Shanghai.
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def pytest_configure(config: pytest.Config) -> None:
    """Start PostgreSQL when it is asked for; the workers of xdist share the controller's."""
    os.fsync = lambda _file: None  # nothing of a test outlives a power cut; what must is tried by crashing instead
    kept_tables.keep_in(config.cache.mkdir("tables"))
    if ON_POSTGRESQL and not hasattr(config, "workerinput") and not config.option.collectonly:
        cluster.start()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Throw PostgreSQL away."""
    if ON_POSTGRESQL and not hasattr(config, "workerinput") and not config.option.collectonly:
        cluster.stop()


#: Fixtures that make a place of its own on the database of the run.
_PLACES = {"make_place", "source"}
_DATABASES = {"db", "transactional_db", "django_db_setup", "live_server"}


def _asks_the_database(item: pytest.Item) -> bool:
    used = set(getattr(item, "fixturenames", ()))
    return bool(item.get_closest_marker("django_db") or used & (_PLACES | _DATABASES))


#: Modules whose tests share something that takes long to make: one worker makes it once.
_TOGETHER = (
    "tests/kernel/backup/",
    "tests/portals/cli/test_demonstration",
    "tests/portals/cli/test_serve",
    "tests/portals/cli/test_match_batch",
)
#: What starts from one thing that takes longer to make than most tests, the cast of access or the parsed source: one
#: worker does it all. Where a test is, and whose company that is.
_FROM_ONE = {
    "tests/access/": "tests/access/",
    "tests/domain/reporting/test_data_handover.py": "tests/access/",
    "tests/architecture/": "tests/architecture/",
}
#: What takes long in one piece begins early, so that at the end no worker is left alone with it.
_LONG = ("tests/journeys/", "tests/access/test_every_address.py", "tests/access/test_leaks.py")


def _says_the_same_on_both(item: pytest.Item) -> bool:
    """Tell whether PostgreSQL would add little: what asks no database, pages, what is marked so, how many queries are
    sent. ``make test-all`` leaves nothing out.
    """
    code = getattr(getattr(item, "function", None), "__code__", None)
    counts_queries = code is not None and "assert_same_queries" in code.co_names
    # pages ask through selectors and services, whose own tests run on both
    is_page = item.nodeid.startswith("tests/portals/") and not item.get_closest_marker("postgresql")
    marked = item.get_closest_marker("sqlite_is_enough") is not None
    return counts_queries or is_page or marked or not _asks_the_database(item)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Hand out single tests, and whole what shares a demonstration, a place that is served or a backup; that first.

    (The scheduler that goes by marks names a group in the test's id, which pytest 9.2 no longer lets it write.)
    """
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            module = nodeid.partition("::")[0]
            own = module if module.startswith(_TOGETHER) else nodeid
            return next((one for place, one in _FROM_ONE.items() if module.startswith(place)), own)

    return Together(config, log)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs PostgreSQL when the run is on SQLite; on PostgreSQL leave out what would say the same twice."""
    items.sort(key=lambda item: not item.nodeid.startswith(_LONG))  # within both, in the order that was drawn
    if ON_POSTGRESQL:
        if "FEIDI_TEST_WHOLE" not in os.environ:
            out = [item for item in items if _says_the_same_on_both(item)]
            config.hook.pytest_deselected(items=out)
            items[:] = [item for item in items if item not in set(out)]
        return
    for item in items:
        if item.get_closest_marker("postgresql"):
            item.add_marker(pytest.mark.skip(reason="needs FEIDI_TEST_DB=postgresql"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what is loaded by now out of every later search for garbage: a tenth of the time of a test of pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[Any]:
    """Keep a picture of every page that is open when a journey fails."""
    try:
        return (yield)
    except Exception:
        running = getattr(item, "funcargs", {}).get("browser")
        for at, page in enumerate(page for context in (running.contexts if running else ()) for page in context.pages):
            from tests.support import browser as support

            support.screenshot(page, f"failed-{item.name}-{at}", wanted=True)
        raise


def _fill(kind: str) -> Any:
    from tests.access.cast import make_cast
    from tests.support.world import make_world

    makers: dict[str, Callable[[datetime], Any]] = {
        "world": make_world, "cast": make_cast, databases.LIVED: make_world
    }  # fmt: skip
    return makers[kind](NOW)


def _commits(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    names = {*getattr(item, "fixturenames", ())}
    return bool((mark and mark.kwargs.get("transaction")) or {"transactional_db", "live_server"} & names)


def _kind_of(item: pytest.Item) -> str:
    """Return in which database a test finds what it asks for."""
    names = getattr(item, "fixturenames", ())
    if _commits(item):
        return databases.LIVED if "world" in names and not ON_POSTGRESQL else databases.EMPTY
    return next((kind for kind in ("cast", "world") if kind in names), databases.EMPTY)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Make the tables quickly: this is asked for just before they are made."""
    tables.draw_new_models_alone()


@pytest.fixture(scope="session")
def _kept() -> Path:
    return kept_tables.kept()


@pytest.fixture(scope="session")
def django_db_keepdb(_kept: Path, django_db_modify_db_settings: None) -> bool:
    """Start from tables that an earlier run made with the same migrations; pytest-django then migrates nothing."""
    from django.db import connection

    return not ON_POSTGRESQL and kept_tables.bring(_kept, str(connection.settings_dict["TEST"]["NAME"]))


def _lay_out(items: list[pytest.Item], kept: Path) -> None:
    from django.db import connection

    seeds.remember()
    connection.close()
    kept_tables.keep(kept, str(connection.settings_dict["NAME"]))
    kinds = {_kind_of(item) for item in items} - {databases.EMPTY}
    if ON_POSTGRESQL and any(_PLACES & set(getattr(item, "fixturenames", ())) for item in items):
        kinds.add(databases.PLACE)
    databases.lay_out(*sorted(kinds))


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, _kept: Path, django_db_setup: None, django_db_blocker: Any
) -> Iterator[None]:
    """Make the database, remember what its migrations wrote, and lay out its copies."""
    from django.db import connection

    with django_db_blocker.unblock():
        if connection.introspection.table_names():  # pytest-django makes none when no test asks for it
            _lay_out(request.session.items, _kept)
    yield
    databases.go_back()


@pytest.fixture
def _django_db_helper(_the_database_of_the_test: None, _django_db_helper: None) -> None:
    """Open the test's transaction, once the right database is there."""


@pytest.fixture
def _the_database_of_the_test(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> None:
    kind = _kind_of(request.node)
    use = databases.use_own if _commits(request.node) and not ON_POSTGRESQL else databases.use
    with django_db_blocker.unblock():
        use(kind, (lambda: _fill(kind)) if kind else None)


@pytest.fixture(scope="session", autouse=True)
def _flush_leaves_a_freshly_migrated_database() -> None:
    """A transactional test ends by throwing its file away, on PostgreSQL by emptying every table.

    The audit trail's triggers step aside for that, and what the migrations had written is put back.
    """
    from django.db import connection, transaction
    from django.test import TransactionTestCase

    from feidi.kernel.audit import triggers

    plain = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        if databases.leave_own():
            return
        triggers.drop(connection)
        try:
            plain(self)
        finally:
            triggers.install(connection)
        with transaction.atomic():
            seeds.put_back()

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def _watch_templates() -> None:
    templates.install()


@pytest.fixture(autouse=True)
def _no_unknown_template_variables() -> Iterator[None]:
    """Fail a test whose pages used a variable that nobody gave them."""
    templates.take_unknown()
    yield
    unknown = templates.take_unknown()
    if unknown:
        pytest.fail("unknown template variables:\n" + "\n".join(unknown), pytrace=False)


@pytest.fixture(autouse=True)
def _starts_in_the_language_of_the_place() -> None:
    """Forget the language that a page of the test before turned on.

    A request leaves its language to its thread; the next request chooses anew, but a test that asks no page would
    read the labels of its paper in what the last reader of another test spoke.
    """
    from django.utils import translation

    translation.deactivate()


@pytest.fixture
def now() -> datetime:
    """The moment of the test; pass it on, never ask the clock."""
    return NOW


@pytest.fixture
def server(live_server: Any, transactional_db: None) -> str:
    """Address of a running site on the test database (real threads, real connections)."""
    return str(live_server.url)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    from tests.support.browser import running_browser

    with running_browser() as running:
        yield running


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A fresh page; the test fails when the page complained (script error, CSP violation)."""
    from tests.support.browser import watch

    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai", viewport={"width": 1280, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    complaints = watch(page)
    yield page
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def screenshot() -> Callable[..., None]:
    """``screenshot(page, name)`` keeps a picture in ``artefacts/screenshots``, when pictures are wanted."""
    from tests.support import browser as support

    return support.screenshot


@pytest.fixture
def assert_accessible() -> Callable[..., None]:
    """``assert_accessible(page)``: axe finds nothing."""
    from tests.support import browser as support

    return support.assert_accessible


@pytest.fixture
def world(db: None, now: datetime) -> Any:
    """The invented pair of places with one user per role (``tests.support.world.World``)."""
    from tests.support.world import make_world

    return databases.made() or make_world(now)


@pytest.fixture
def cast(db: None) -> Any:
    """The people and rows of every test of access (``tests.access.cast.Cast``); what a test changes is taken back."""
    return databases.made()
