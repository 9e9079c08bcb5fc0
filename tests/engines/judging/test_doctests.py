"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import feidi.engines.judging as engine

_MODULES = [item.name for item in pkgutil.iter_modules(engine.__path__)]


@pytest.mark.parametrize("name", _MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(f"{engine.__name__}.{name}")
    assert doctest.testmod(module).failed == 0
