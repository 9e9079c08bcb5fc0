"""Reading the project's own source: what the architecture tests walk over."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "feidi"
DOCS = ROOT / "docs"


@cache
def python_files(*, migrations: bool = False) -> tuple[Path, ...]:
    """Return every Python file of the project, without migrations unless asked for."""
    return tuple(
        path
        for path in sorted(SOURCE.rglob("*.py"))
        if "jurisdictions" not in path.parts and (migrations or "migrations" not in path.parts)
    )


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the parsed file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def _nodes(tree: ast.Module) -> tuple[ast.AST, ...]:
    """Return the calls, f-strings and assignments of a file, in the order of ``ast.walk``."""
    return tuple(each for each in ast.walk(tree) if isinstance(each, (ast.Call, ast.JoinedStr, ast.Assign)))


def nodes_of(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return every call, f-string and assignment; those of a whole file are looked for once, for all tests."""
    return _nodes(tree) if isinstance(tree, ast.Module) else tuple(ast.walk(tree))


def name_of(path: Path) -> str:
    """Return a file's path from the top of the project."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield every call with the last word of what is called: ``models.ForeignKey(…)`` → ``ForeignKey``."""
    for node in nodes_of(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Attribute):
                yield function.attr, node
            elif isinstance(function, ast.Name):
                yield function.id, node


@cache
def templates() -> tuple[Path, ...]:
    """Return every template of the project."""
    return tuple(path for path in sorted(SOURCE.rglob("templates/**/*")) if path.is_file())


def written_docs() -> str:
    """Return README and every page under docs as one text."""
    pages = [*sorted(ROOT.glob("README*.md")), *sorted(DOCS.rglob("*.md"))]
    return "\n".join(page.read_text(encoding="utf-8") for page in pages)
