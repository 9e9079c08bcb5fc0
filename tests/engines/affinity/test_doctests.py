"""The examples in the docstrings are true."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import feidi.engines.affinity as engine
from feidi.engines.affinity import CODES, CODES_EN

_MODULES = [item.name for item in pkgutil.iter_modules(engine.__path__)]


@pytest.mark.parametrize("name", _MODULES)
def test_examples(name: str) -> None:
    module = importlib.import_module(f"{engine.__name__}.{name}")
    assert doctest.testmod(module).failed == 0


def test_every_code_has_english() -> None:
    assert set(CODES) == set(CODES_EN)
    assert all(bool(CODES[code][1]) == bool(CODES_EN[code][1]) for code in CODES)
