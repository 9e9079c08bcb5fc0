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
