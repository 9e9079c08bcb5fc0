"""Kinds that are named anywhere are registered, and lead to a model and a page that exist."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.urls import NoReverseMatch, reverse

from feidi.kernel.audit import audited_kinds
from feidi.kernel.subjects import registered_kinds
from tests.support.source import calls, name_of, python_files, tree_of


def _constants(tree: ast.Module) -> dict[str, str]:
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def kinds_named(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield (line, kind) of ``Subject("app.row", …)`` and ``kind="app.row"``, also through a constant of the module."""
    constants = _constants(tree)
    for name, call in calls(tree):
        places = [keyword.value for keyword in call.keywords if keyword.arg in {"kind", "subject_kind"}]
        if name == "Subject" and call.args:
            places.append(call.args[0])
        for place in places:
            text = constants.get(place.id) if isinstance(place, ast.Name) else getattr(place, "value", None)
            if isinstance(text, str) and "." in text:
                yield place.lineno, text


def test_every_kind_that_is_named_is_registered() -> None:
    known = {each.kind for each in registered_kinds()} | {each.kind for each in audited_kinds()}
    missing = [
        f"{name_of(path)}:{line}: {kind}"
        for path in python_files()
        for line, kind in kinds_named(tree_of(path))
        if kind not in known
    ]
    assert not missing, "\n".join(missing)


def test_every_registered_kind_leads_somewhere() -> None:
    for kind in registered_kinds():
        model = apps.get_model(kind.model)
        assert model._meta.get_field("uid").unique, kind.kind
        if kind.url_name:
            try:
                reverse(kind.url_name, args=["2" * 12])
            except NoReverseMatch:
                pytest.fail(f"{kind.kind}: no page {kind.url_name}")


def test_every_audited_kind_names_a_model_with_a_uid() -> None:
    for kind in audited_kinds():
        apps.get_model(kind.model)._meta.get_field("uid")


def test_planted_kinds_are_seen() -> None:
    planted = ast.parse('HERE = "a.b"\nSubject("c.d", uid)\nindex(kind=HERE, uid=u)\nother(kind="plain")\n')
    assert [kind for _, kind in kinds_named(planted)] == ["c.d", "a.b"]
