"""Strict templates: a variable that the view did not give fails the test, also inside ``{% if %}``.

Django's operators swallow exceptions, so unknown names are written down and reported after the test.
Only templates of this project are held to it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.template.base import FilterExpression, Variable

import feidi

OURS = str(Path(feidi.__file__).parent)
_unknown: list[str] = []
_resolve = FilterExpression.resolve


def _strict(self: FilterExpression, context: Any, ignore_failures: bool = False) -> Any:
    variable = self.var
    if isinstance(variable, Variable) and variable.lookups is not None:
        try:
            context[variable.lookups[0]]
        except KeyError:
            template = context.render_context.template or context.template
            origin = getattr(getattr(template, "origin", None), "name", "") or ""
            if origin.startswith(OURS):
                _unknown.append(f"{{{{ {self.token} }}}} in {Path(origin).relative_to(OURS)}")
    return _resolve(self, context, ignore_failures)


def install() -> None:
    """Watch every template of this process."""
    FilterExpression.resolve = _strict  # type: ignore[method-assign]


def take_unknown() -> list[str]:
    """Return the unknown names seen since the last call, each once."""
    seen = sorted(set(_unknown))
    _unknown.clear()
    return seen
