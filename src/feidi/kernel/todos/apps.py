"""App configuration."""

from django.apps import AppConfig
from typing_extensions import override


class TodosConfig(AppConfig):
    """Label ``todos``, fixed for ever."""

    name = "feidi.kernel.todos"
    label = "todos"

    @override
    def ready(self) -> None:
        """Register texts, the subject kind and what is audited."""
        from feidi.kernel.audit import (  # noqa: PLC0415 - models are ready only now
            AuditedKind,
            register_audited,
            speaks_of_a_person,
        )
        from feidi.kernel.files.delegation import register_hanging  # noqa: PLC0415
        from feidi.kernel.messages import register_texts  # noqa: PLC0415
        from feidi.kernel.todos.access import SUBJECT  # noqa: PLC0415
        from feidi.kernel.todos.texts import TEXTS  # noqa: PLC0415

        register_texts(TEXTS)
        register_hanging(SUBJECT)
        register_audited(
            AuditedKind(
                kind="todos.todo",
                model="todos.Todo",
                about_a_person=speaks_of_a_person,
                personal_of_such=frozenset({"what", "void_reason"}),
            )
        )
