"""Components: templates under ``ui/`` that declare their props in their first lines and are held to them.

``{# props: label, value, unit="", as_of=None #}``  keyword-only, as in a Python signature; a default is a literal.
``{# what: … #}``                                   one line for the gallery.

A prop that is missing, or that the template does not declare, is an error at once, so a
misspelled prop never renders as an empty space.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.template import Context

_PROPS = re.compile(r"\{#\s*props:(.*?)#\}")
_WHAT = re.compile(r"\{#\s*what:\s*(.*?)\s*#\}")


class ComponentError(TypeError):
    """A component was used with props that it does not declare, or without one that it needs."""


@dataclass(frozen=True, slots=True)
class Declaration:
    """What a component template declares: required props, props with defaults, one line of description."""

    required: tuple[str, ...]
    defaults: dict[str, Any]
    what: str


@lru_cache(maxsize=256)
def declaration_of(source: str) -> Declaration | None:
    """Read the declaration from a template's source; None when it is no component."""
    found = _PROPS.findall(source)
    if not found:
        return None
    signature = ", ".join(part.strip().strip(",") for part in found if part.strip())
    head = ast.parse(f"def component(*, {signature}): ..." if signature else "def component(): ...").body[0]
    if not isinstance(head, ast.FunctionDef):  # pragma: no cover - the text above is a function
        raise ComponentError(signature)
    pairs = list(zip(head.args.kwonlyargs, head.args.kw_defaults, strict=True))
    what = _WHAT.search(source)
    return Declaration(
        required=tuple(arg.arg for arg, default in pairs if default is None),
        defaults={arg.arg: ast.literal_eval(default) for arg, default in pairs if default is not None},
        what=what.group(1) if what else "",
    )


def render_component(context: Context, name: str, props: dict[str, Any], body: str = "") -> str:
    """Render ``ui/<name>.html`` with ``props`` and nothing else of the page but request and CSRF token.

    Raises ``ComponentError`` for a missing or undeclared prop.
    """
    if context.template is None:  # pragma: no cover - Django always binds it while rendering
        raise ComponentError(name)
    template = context.template.engine.get_template(f"ui/{name}.html")
    declared = declaration_of(template.source)
    if declared is None:
        message = f"ui/{name}.html declares no props: it is no component"
        raise ComponentError(message)
    unknown = set(props) - set(declared.required) - set(declared.defaults)
    missing = set(declared.required) - set(props)
    if unknown or missing:
        message = f"component {name!r}: unknown props {sorted(unknown)}, missing props {sorted(missing)}"
        raise ComponentError(message)
    scope = {**declared.defaults, **props, "body": body}
    for shared in ("request", "csrf_token", "shell"):
        scope[shared] = context.get(shared)
    return template.render(context.new(scope))
