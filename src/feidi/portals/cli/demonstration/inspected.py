"""The twenty projects that came as far as an inspection, six of them cultivated, and what became of each."""

from __future__ import annotations

from feidi.portals.cli.demonstration.agenda import Scene
from feidi.portals.cli.demonstration.invented import Firm

INSPECTED: tuple[str, ...] = ()


def tell_inspected(scene: Scene, firms: list[Firm]) -> None:
    """Note the lives of the inspected projects."""
