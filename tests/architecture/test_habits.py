"""Habits that a linter does not know: relations protect, rows have no hidden behaviour, pages no inline code."""

from __future__ import annotations

import ast
import re

import pytest
from django.core.management import call_command

from tests.support.source import calls, name_of, python_files, templates, tree_of

_INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)[^>]*>(?!\s*</script>)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:",
    re.IGNORECASE,
)
_DATA_SCRIPT = re.compile(r"<script[^>]*type=\"application/json\"", re.IGNORECASE)
_EXTERNAL = re.compile(r"(?:src|href|action|hx-[a-z]+)\s*=\s*[\"'](?:https?:)?//", re.IGNORECASE)


def models_files() -> list:
    return [path for path in python_files() if "models" in path.parts or path.name == "models.py"]


def unprotected(source: str, tree: ast.AST) -> list[int]:
    """Return the lines of an ``on_delete`` other than PROTECT that no comment explains."""
    lines = source.splitlines()
    found = []
    for _, call in calls(tree):
        for keyword in call.keywords:
            if keyword.arg == "on_delete" and not (
                isinstance(keyword.value, ast.Attribute) and keyword.value.attr == "PROTECT"
            ):
                around = lines[max(call.lineno - 2, 0) : call.end_lineno]
                if not any("#" in line for line in around):
                    found.append(keyword.value.lineno)
    return found


def hidden(tree: ast.AST) -> list[str]:
    """Return the methods of classes that change what saving and deleting mean."""
    return [
        f"{node.name}.{each.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for each in node.body
        if isinstance(each, ast.FunctionDef) and each.name in {"save", "delete", "full_clean"}
    ]


def test_relations_protect_or_say_why_not() -> None:
    wrong = [
        f"{name_of(path)}:{line}"
        for path in models_files()
        for line in unprotected(path.read_text(encoding="utf-8"), tree_of(path))
    ]
    assert wrong == []


def test_rows_have_no_hidden_behaviour() -> None:
    assert [f"{name_of(path)}: {name}" for path in models_files() for name in hidden(tree_of(path))] == []


def test_planted_faults_are_caught() -> None:
    cascade = "a = ForeignKey(B, on_delete=models.CASCADE)\n"
    assert unprotected(cascade, ast.parse(cascade)) == [1]
    explained = "# goes with its owner\n" + cascade
    assert unprotected(explained, ast.parse(explained)) == []
    assert hidden(ast.parse("class A:\n    def save(self): ...\n")) == ["A.save"]


def inline(text: str) -> list[str]:
    return [each.group(0) for each in _INLINE.finditer(text) if not _DATA_SCRIPT.match(each.group(0))]


def test_pages_hold_no_inline_code_and_no_external_address() -> None:
    wrong = []
    for path in templates():
        if path.suffix in {".html", ".svg"}:
            text = path.read_text(encoding="utf-8")
            wrong += [f"{name_of(path)}: {each}" for each in [*inline(text), *_EXTERNAL.findall(text)]]
    assert wrong == []


@pytest.mark.parametrize(
    "planted",
    ["<script>x()</script>", '<p style="a">', "<a onclick='x'>", '<a href="javascript:x">', "<style>a{}</style>"],
)
def test_planted_inline_code_is_caught(planted: str) -> None:
    assert inline(planted)


def test_external_scripts_of_our_own_pass() -> None:
    assert inline('<script src="/static/a.js" defer></script>') == []
    assert inline('<script id="d" type="application/json">{}</script>') == []
    assert _EXTERNAL.search('<img src="//cdn.example/x.png">')


@pytest.mark.django_db
def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
