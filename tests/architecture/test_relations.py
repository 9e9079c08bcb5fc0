"""Foreign keys point down: import-linter does not see ``ForeignKey("app.Model")``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.conf import settings

from tests.support.source import ROOT


def domain_order() -> list[set[str]]:
    """Return the domain apps from the top down, as the contract in pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    layers = next(each["layers"] for each in contracts if each["name"] == "Domain apps point one way")
    return [{name.strip(" ()") for name in layer.split("|")} for layer in layers]


def height_of(app: str, installed: list[str]) -> tuple[int, int]:
    """Return how high an app stands: (layer, place within it). Equal layers of the domain are siblings."""
    if app.startswith("feidi.domain."):
        levels = list(reversed(domain_order()))
        return 2, next(level for level, names in enumerate(levels) if app.split(".")[2] in names)
    if app.startswith("feidi.kernel."):
        return 1, installed.index(app)
    return (3, 0) if app.startswith("feidi.") else (0, 0)


def points_down(source: str, target: str, installed: list[str]) -> bool:
    """Tell whether a foreign key from app ``source`` to app ``target`` is allowed."""
    if source == target:
        return True
    above, below = height_of(source, installed), height_of(target, installed)
    return above > below or above == below == (0, 0)


def relations() -> Iterable[tuple[str, str, str]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_parents=False):
            if field.is_relation and getattr(field, "remote_field", None) and not field.auto_created:
                target = field.related_model
                yield model._meta.app_config.name, target._meta.app_config.name, f"{model._meta.label}.{field.name}"


def test_foreign_keys_point_down() -> None:
    installed = list(settings.INSTALLED_APPS)
    wrong = [
        f"{where}: {source} → {target}"
        for source, target, where in relations()
        if not points_down(source, target, installed)
    ]
    assert not wrong, "these need a Subject(kind, uid) instead:\n" + "\n".join(wrong)


@pytest.mark.parametrize(
    ("source", "target", "allowed"),
    [
        ("feidi.domain.pipeline", "feidi.domain.parties", True),
        ("feidi.domain.parties", "feidi.domain.pipeline", False),
        ("feidi.domain.pipeline", "feidi.domain.talent", False),
        ("feidi.domain.parties", "feidi.kernel.files", True),
        ("feidi.kernel.files", "feidi.domain.parties", False),
        ("feidi.kernel.files", "feidi.kernel.identity", True),
        ("feidi.kernel.identity", "feidi.kernel.files", False),
        ("feidi.kernel.identity", "django.contrib.auth", True),
        ("feidi.portals.console", "feidi.kernel.identity", True),
    ],
)
def test_the_rule_itself(source: str, target: str, allowed: bool) -> None:
    assert points_down(source, target, list(settings.INSTALLED_APPS)) is allowed
