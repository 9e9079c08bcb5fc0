"""The import contracts list what exists: a new portal or domain app cannot slip past them."""

from __future__ import annotations

import tomllib

from tests.support.source import ROOT, SOURCE


def contract(name: str) -> dict:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    return next(each for each in contracts if each["name"] == name)


def packages(layer: str) -> set[str]:
    return {f"feidi.{layer}.{path.name}" for path in (SOURCE / layer).iterdir() if (path / "__init__.py").exists()}


def test_every_portal_is_held_apart() -> None:
    portals = packages("portals") - {"feidi.portals.ui"}
    assert set(contract("Portals do not know each other")["modules"]) == portals
    assert set(contract("The shared ui knows no portal")["forbidden_modules"]) == portals


def test_every_installed_app_is_of_a_layer(settings) -> None:
    ours = [name for name in settings.INSTALLED_APPS if name.startswith("feidi.")]
    assert ours == [
        name for layer in ("kernel", "domain", "portals") for name in ours if name.startswith(f"feidi.{layer}.")
    ], "INSTALLED_APPS goes from the bottom up"
