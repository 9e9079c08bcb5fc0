"""Content and code mean the same permissions."""

from __future__ import annotations

from pathlib import Path

import yaml

from feidi.domain.parties.permissions import PERMISSIONS

CONTENT = Path(__file__).resolve().parents[3] / "jurisdictions"


def test_every_permission_of_content_has_a_name() -> None:
    held = {
        permission
        for path in CONTENT.glob("*/enclave/roles.yaml")
        for role in yaml.safe_load(path.read_text("utf-8"))["roles"].values()
        for permission in role["permissions"]
    }
    assert held <= set(PERMISSIONS)
    assert len(held) > 15
