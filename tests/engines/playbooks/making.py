"""Small playbooks for tests, as a file would state them."""

from __future__ import annotations

from typing import Any

from feidi.engines.playbooks import Playbook, read_playbook

LABEL = {"zh": "甲", "en": "A"}


def step(code: str, *after: str, **more: Any) -> dict[str, Any]:
    """Return a step without faults: the operator's, of one working day."""
    clock = {"n": 1, "unit": "working"}
    return {
        "code": code,
        "phase": "all",
        "label": LABEL,
        "owner": "operator",
        "after": list(after),
        "clock": clock,
        **more,
    }


def raw(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a playbook's plain values."""
    head = {"title": LABEL, "kind": "industry_enclave", "subject": "project", "purpose": LABEL}
    return {**head, "phases": [{"code": "all", "label": LABEL}], "steps": list(steps), **more}


def playbook(*steps: dict[str, Any], **more: Any) -> Playbook:
    """Return the playbook of these steps."""
    return read_playbook(raw(*steps, **more))
