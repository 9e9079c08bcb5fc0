"""Every stored subject names a registered kind and an existing row. For tests that fill a whole database."""

from __future__ import annotations

from django.apps import apps

from feidi.kernel.audit import audited_kinds
from feidi.kernel.subjects import SubjectColumns, registered_kinds


def unresolved_subjects() -> list[str]:
    """Return ``table: kind uid`` of every stored subject that leads nowhere."""
    models = {each.kind: each.model for each in audited_kinds()} | {
        each.kind: each.model for each in registered_kinds()
    }
    lost: list[str] = []
    for table in apps.get_models():
        if not issubclass(table, SubjectColumns):
            continue
        stored = table._default_manager.exclude(subject_kind="").values_list("subject_kind", "subject_uid").distinct()
        uids: dict[str, set[str]] = {}
        for kind, uid in stored:
            uids.setdefault(kind, set()).add(uid)
        for kind, wanted in uids.items():
            if kind not in models:
                lost.append(f"{table._meta.label}: kind {kind} is not registered")
                continue
            found = set(apps.get_model(models[kind])._default_manager.values_list("uid", flat=True))
            lost += [f"{table._meta.label}: {kind} {uid}" for uid in sorted(wanted - found)]
    return lost
