"""``feidi doctor``: whether this installation is whole, and safe to use for real.

Each module asks about one side and yields ``Check``s; ``protection`` is the self-check list of 等保二级.
"""

from feidi.portals.cli.checkup.check import Check, State, note, ok, problem, unsafe, unusable

__all__ = ["Check", "State", "note", "ok", "problem", "unsafe", "unusable"]
