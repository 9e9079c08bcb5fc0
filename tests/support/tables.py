"""Tables are made many times in a run of the tests: this makes them quickly, and a test holds them to the plain way.

Replaying the migrations, Django draws every new model together with all that hangs on it, and here everything does:
six seconds of seven. For a migration that only adds tables the new model alone is enough. And where all migrations would
be replayed in an empty database, a process of its own takes the tables that this run has made already.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

#: Names the tables made already: a SQLite file, or a PostgreSQL database beside the one in use.
MADE = "FEIDI_TEST_TABLES"
#: For a process of its own: stands before what it runs.
QUICKLY = "from tests.support.tables import make_quickly\nmake_quickly()\n"


def make_quickly() -> None:
    """Let this process make tables quickly from here on, all of them by taking those made already."""
    draw_new_models_alone()
    if os.environ.get(MADE):
        from django.db.migrations.executor import MigrationExecutor

        plain = MigrationExecutor.migrate

        def migrate(self: Any, targets: Any, plan: Any = None, **more: Any) -> Any:
            leaves = set(self.loader.graph.leaf_nodes())
            if not self.connection.introspection.table_names() and leaves <= set(targets):
                _take_over(self.connection, os.environ[MADE])
                self.loader.build_graph()
                plan, more["state"] = [], None
            return plain(self, targets, plan, **more)

        MigrationExecutor.migrate = migrate  # type: ignore[method-assign]


def _take_over(connection: Any, made: str) -> None:
    connection.close()
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        for each in Path(name).parent.glob(f"{Path(name).name}-*"):
            each.unlink()  # the log of the empty file
        shutil.copyfile(made, name)
        return
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name} TEMPLATE {made} STRATEGY FILE_COPY")


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
