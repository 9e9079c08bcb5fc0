"""The cast of every test of access, and who walks over every address in ``make test``."""

from __future__ import annotations

import pytest

from tests.access.cast import Cast
from tests.support import databases

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


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast; what a test changes is taken back."""
    made: Cast = databases.made()
    return made
