"""The walks that are slow."""

from __future__ import annotations

import pytest

from tests.access.walkers import WALKS


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark the long walks of the other roles as slow: each asks hundreds of addresses."""
    callspec, walkers = getattr(item, "callspec", None), WALKS.get(getattr(item, "originalname", ""))
    if callspec is not None and walkers is not None and callspec.params["role"] not in walkers:
        item.add_marker(pytest.mark.slow)
