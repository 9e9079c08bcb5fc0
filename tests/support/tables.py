"""Tables are made many times in a run of the tests: this makes them quickly, and a test holds them to the plain way.

Replaying the migrations, Django draws every new model together with all that hangs on it, and here everything does:
six seconds of seven. For a migration that only adds tables the new model alone is enough.
"""

from __future__ import annotations

from typing import Any

#: For a process of its own: stands before what it runs.
QUICKLY = "from tests.support.tables import draw_new_models_alone\ndraw_new_models_alone()\n"


def draw_new_models_alone() -> None:
    """Let this process make tables quickly from here on."""
    from django.db.migrations.state import ProjectState

    ProjectState.add_model = _add_model  # type: ignore[method-assign]


def _add_model(self: Any, model_state: Any) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])
