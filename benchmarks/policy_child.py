"""Another process that measures for this one: a Python of its own, JSON on its last line."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from typing import Any

from benchmarks.running import ROOT


def ask_child(python: str, module: str, *words: str) -> dict[str, Any] | None:
    """Run a module; return the JSON of its last line, None where it fails (what it needs is not installed there)."""
    env = {**os.environ, "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}"}
    done = subprocess.run(
        [python, "-m", module, *words], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        return None
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def peak_gb() -> float:
    """Return the most memory this process had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
