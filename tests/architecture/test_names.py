"""Names and sizes: packages, migrations, files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.support.source import ROOT, SOURCE, name_of, python_files, templates

BANNED = {"common", "core", "utils", "helpers", "misc", "util", "helper", "shared", "base"}
_SAYS_NOTHING = re.compile(r"^\d{4}_(auto_|initial|alter_|remove_.*_and|.*_and_more$|\d)")
FILE_LINES, TEMPLATE_LINES = 400, 150
#: Longer on purpose: path → why.
LONGER: dict[str, str] = {
    "tests/access/table.py": "one table: every address of the site once, so that nothing is looked for in two places",
    "tests/architecture/url_access.py": "one line for each address of the site: it is as long as the site",
}


def says_nothing(migration: str) -> bool:
    return bool(_SAYS_NOTHING.match(migration)) or not re.match(r"^\d{4}_[a-z]+", migration)


def drawers(top: Path) -> list[str]:
    """Return packages and modules whose name says nothing about what they hold."""
    return [
        name_of(path)
        for path in sorted(top.rglob("*"))
        if path.stem in BANNED and (path.suffix == ".py" or _is_package(path)) and "jurisdictions" not in path.parts
    ]


def _is_package(path: Path) -> bool:
    return path.is_dir() and any(path.glob("*.py"))


def test_no_package_is_a_drawer(tmp_path: Path) -> None:
    assert drawers(SOURCE) == []
    (tmp_path / "utils").mkdir()
    (tmp_path / "utils" / "text.py").touch()
    (tmp_path / "helpers.py").touch()
    (tmp_path / "base.html").touch()
    assert len(drawers(tmp_path)) == 2


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


def too_long(paths: Iterable[Path], limit: int) -> list[str]:
    """Return the files of more than ``limit`` lines that LONGER does not explain."""
    counted = ((name_of(path), len(path.read_text(encoding="utf-8").splitlines())) for path in paths)
    return [f"{name}: {lines} > {limit}" for name, lines in counted if lines > limit and name not in LONGER]


def test_files_stay_short_enough_to_be_read(tmp_path: Path) -> None:
    tests = (ROOT / "tests").rglob("*.py")
    long = [*too_long([*python_files(), *tests], FILE_LINES), *too_long(templates(), TEMPLATE_LINES)]
    assert not long, "stop and think (or say why in LONGER):\n" + "\n".join(long)
    planted = tmp_path / "long.py"
    planted.write_text("\n" * (FILE_LINES + 1), encoding="utf-8")
    assert too_long([planted], FILE_LINES)


def test_domain_apps_keep_to_the_anatomy() -> None:
    for app in sorted((SOURCE / "domain").iterdir()):
        if _is_package(app):
            assert (app / "__init__.py").read_text(encoding="utf-8").startswith('"""'), f"{app.name}: say what it is"
            assert (app / "apps.py").exists(), app.name
