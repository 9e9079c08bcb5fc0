"""Every code that is raised has words in both languages, with the same holes; and no words wait for a code that never comes."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import feidi.engines.rules as engine
import feidi.portals.cli.policy as commands
from feidi.engines.rules import language
from feidi.engines.rules.codes import CODES, CODES_EN

_HOLE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def _emitted() -> set[str]:
    files = [file for package in (engine, commands) for file in Path(package.__path__[0]).rglob("*.py")]
    texts = [file.read_text(encoding="utf-8") for file in files if file.name not in {"codes_zh.py", "codes_en.py"}]
    return {code for text in texts for code in re.findall(r'"(rules\.[a-z_]+)"', text)}


def test_every_code_has_words_and_all_words_have_a_code() -> None:
    assert _emitted() == set(CODES) == set(CODES_EN)


@pytest.mark.parametrize("code", sorted(CODES))
def test_both_languages_say_the_same_values(code: str) -> None:
    assert CODES[code][0]
    assert set(_HOLE.findall("".join(CODES[code]))) == set(_HOLE.findall("".join(CODES_EN[code])))


@pytest.mark.parametrize(
    "name",
    [
        f"{package.__name__}.{item.name}"
        for package in (engine, language)
        for item in pkgutil.iter_modules(package.__path__)
    ],
)
def test_examples(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
