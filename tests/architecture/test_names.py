"""Names and sizes: packages, migrations, files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.source import ROOT, SOURCE, name_of, python_files, templates

BANNED = {"common", "core", "utils", "helpers", "misc", "util", "helper", "shared", "base"}
_SAYS_NOTHING = re.compile(r"^\d{4}_(auto_|initial|alter_|remove_.*_and|.*_and_more$|\d)")
FILE_LINES, TEMPLATE_LINES = 400, 150
#: Longer on purpose: path → why.
LONGER: dict[str, str] = {}


def says_nothing(migration: str) -> bool:
    return bool(_SAYS_NOTHING.match(migration)) or not re.match(r"^\d{4}_[a-z]+", migration)


def test_no_package_is_a_drawer() -> None:
    found = [name_of(path) for path in SOURCE.rglob("*") if path.is_dir() and path.name in BANNED and _is_package(path)]
    found += [name_of(path) for path in python_files() if path.stem in BANNED]
    assert found == []


def _is_package(path: Path) -> bool:
    return (path / "__init__.py").exists()


def test_migrations_say_what() -> None:
    migrations = [
        path for path in python_files(migrations=True) if path.parent.name == "migrations" and path.stem != "__init__"
    ]
    assert [name_of(path) for path in migrations if says_nothing(path.stem)] == []


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        ("0001_initial", True),
        ("0002_auto_20261123_0900", True),
        ("0003_alter_user_login", True),
        ("0004_project_code_and_more", True),
        ("0001_search_entries", False),
    ],
)
def test_the_rule_for_migrations(name: str, empty: bool) -> None:
    assert says_nothing(name) is empty


def test_files_stay_short_enough_to_be_read() -> None:
    tests = list((ROOT / "tests").rglob("*.py"))
    limits = [
        *((path, FILE_LINES) for path in (*python_files(), *tests)),
        *((path, TEMPLATE_LINES) for path in templates()),
    ]
    long = []
    for path, limit in limits:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > limit and name_of(path) not in LONGER:
            long.append(f"{name_of(path)}: {lines} > {limit}")
    assert not long, "stop and think (or say why in LONGER):\n" + "\n".join(long)


def test_domain_apps_keep_to_the_anatomy() -> None:
    for app in sorted((SOURCE / "domain").iterdir()):
        if _is_package(app):
            assert (app / "__init__.py").read_text(encoding="utf-8").startswith('"""'), f"{app.name}: say what it is"
            assert (app / "apps.py").exists(), app.name
