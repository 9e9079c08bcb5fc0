"""One cast per module: made once in a transaction that is thrown away; each test works within a savepoint.

The tests are marked ``django_db`` as everywhere; their own transaction lies within the module's.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, transaction

from tests.access.cast import Cast, make_cast
from tests.conftest import NOW

#: Who walks over every address in ``make test``: one of each side. The others walk in ``make test-all``.
_QUICK = frozenset({"officer", "rival", "bureau", "own_tenant"})
_WALKS = frozenset(
    {
        "test_doors",
        "test_no_address_opens",
        "test_no_page_shows_what_is_not_for_its_reader",
        "test_no_record_shows_what_is_not_for_its_reader",
    }
)


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the long walks of the other roles as slow: each asks more than two hundred addresses of six rows."""
    callspec = getattr(item, "callspec", None)
    if callspec is not None and getattr(item, "originalname", "") in _WALKS and callspec.params["role"] not in _QUICK:
        item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: Any) -> Iterator[Cast]:
    """The cast, for a whole module."""
    with django_db_blocker.unblock():
        with transaction.atomic():
            try:
                yield make_cast(NOW)
            finally:
                transaction.set_rollback(True)
        connection.close()


@pytest.fixture
def cast(made: Cast, db: None) -> Cast:
    """The cast; what a test changes is taken back."""
    return made
