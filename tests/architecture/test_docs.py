"""Documents that fail the build: commands, settings, enums and packages are all named somewhere."""

from __future__ import annotations

import importlib
import inspect
import re
from enum import Enum

import pytest

from feidi.portals.cli.main import COMMANDS
from tests.support.source import DOCS, SOURCE, python_files, written_docs

_SETTING = re.compile(r"""(?:env\.\w+\(|_switch\(|environ(?:\.get)?[\[(])\s*["']([A-Z][A-Z_]+)["']""")


def needs(page: str) -> str:
    """Return the text of a page of docs, or skip loudly while it is not written."""
    path = DOCS / page
    if not path.exists():
        pytest.skip(f"docs/{page} IS NOT WRITTEN YET: nothing keeps it true")
    return path.read_text(encoding="utf-8")


def settings_read() -> set[str]:
    return {name for path in python_files() for name in _SETTING.findall(path.read_text(encoding="utf-8"))} - {
        "DJANGO_SETTINGS_MODULE"
    }


def unnamed(words: set[str], text: str) -> list[str]:
    return sorted(word for word in words if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text))


def enum_values() -> dict[str, str]:
    """Return value → enum of every enum in the source that speaks of the domain."""
    values: dict[str, str] = {}
    for path in python_files():
        if path.name == "enums.py" and ("domain" in path.parts or "kernel" in path.parts):
            module = importlib.import_module("feidi." + ".".join(path.relative_to(SOURCE).with_suffix("").parts))
            for _, each in inspect.getmembers(module, inspect.isclass):
                if issubclass(each, Enum) and each.__module__ == module.__name__:
                    values |= {str(member.value): f"{module.__name__}.{each.__name__}" for member in each}
    return values


def test_docs_name_every_command() -> None:
    needs("architecture.md")
    assert unnamed({f"feidi {name}" for name in COMMANDS}, written_docs()) == []


def test_docs_name_every_setting() -> None:
    needs("architecture.md")
    assert unnamed(settings_read(), written_docs()) == []


def test_the_glossary_covers_the_enums() -> None:
    glossary = needs("glossary.md")
    values = enum_values()
    assert [f"{value} ({values[value]})" for value in unnamed(set(values), glossary)] == []


def test_the_architecture_page_names_every_package() -> None:
    page = needs("architecture.md")
    packages = {
        path.name
        for layer in ("engines", "kernel", "domain", "portals")
        for path in (SOURCE / layer).iterdir()
        if (path / "__init__.py").exists()
    }
    assert unnamed(packages, page) == []


def test_planted_faults_are_caught() -> None:
    assert unnamed({"feidi serve", "feidi serv"}, "run `feidi serve`") == ["feidi serv"]
    assert {"FEIDI_HOME", "FEIDI_KEYS", "DATABASE_URL"} <= settings_read()
    assert _SETTING.findall('os.environ["A_B"] env.str("C_D", "")') == ["A_B", "C_D"]
