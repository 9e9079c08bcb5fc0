"""Entry of every child process: bound to the supervisor's life, then what it was started for.

``python -m feidi.portals.cli.serving.children SUPERVISOR_PID (web ARG… | worker NAME | scheduler NAME)``
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

_PR_SET_PDEATHSIG = 1


def bind_to_parent(parent: int) -> None:
    """Have the kernel send SIGTERM here when the supervisor dies, however it dies (Linux; else nothing)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM))
        if os.getppid() != parent:
            # it died between starting us and the line above
            sys.exit(1)


def _become_web(arguments: Sequence[str]) -> None:
    # exec keeps process id and death signal, and starts granian without a second interpreter
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments])  # noqa: S606 - our own interpreter


def main(argv: Sequence[str]) -> None:
    """Run the child."""
    parent, what, *rest = argv
    bind_to_parent(int(parent))
    if what == "web":
        _become_web(rest)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "feidi.config.settings")
    import django  # noqa: PLC0415 - after the binding, so that an early end is noticed

    django.setup()
    if what == "worker":
        from feidi.kernel.jobs.worker import run_worker  # noqa: PLC0415 - Django is ready only now

        run_worker(name=rest[0])
    else:
        from feidi.kernel.jobs.scheduler import run_scheduler  # noqa: PLC0415

        run_scheduler(name=rest[0])


if __name__ == "__main__":
    main(sys.argv[1:])
