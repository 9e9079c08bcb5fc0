"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

from feidi.kernel.documents import office

_MODULES = [item.name for item in pkgutil.iter_modules(office.__path__)]


@pytest.mark.parametrize("name", _MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(f"{office.__name__}.{name}")
    assert doctest.testmod(module).failed == 0
