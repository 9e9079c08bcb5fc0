"""Starts child processes, restarts those that end, and stops all of them whatever state they are in.

Each child leads a process group of its own: a Ctrl-C reaches only the supervisor, and the end of a child
takes its own children with it. SIGTERM is followed by SIGKILL to the group after ``GRACE`` seconds, because
granian hangs for ever when it is asked to stop while its workers still import.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

#: Seconds between asking children to stop and stopping them.
GRACE = 8.0
_TICK = 0.2
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0
#: A child that lived this long has started well: its next end waits the shortest again.
_LIVED_WELL = 60.0

Say = Callable[[str, Mapping[str, object]], None]


@dataclass(slots=True)
class Child:
    """One child process: what it is called, its command, and how it fares."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    ends: int = 0
    start_at: float = 0.0

    def start(self) -> None:
        """Start it, in a process group of its own."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and modules
            [sys.executable, "-m", "feidi.portals.cli.serving.children", str(os.getpid()), *self.command],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def send(self, signum: int) -> None:
        """Send a signal to the child's whole group; a group that is gone is fine."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signum)

    def ended(self) -> int | None:
        """Return the exit status when it has ended, None while it runs."""
        return None if self.process is None else self.process.poll()

    def wait_before_restart(self) -> float:
        """Return the back-off in seconds after this end: 1, 2, 4 … 30."""
        self.ends = 1 if time.monotonic() - self.started > _LIVED_WELL else self.ends + 1
        return min(_FIRST_WAIT * 2.0 ** (self.ends - 1), _LONGEST_WAIT)


@dataclass(slots=True)
class Supervisor:
    """Keeps ``children`` running until SIGTERM, SIGINT or SIGHUP.

    ``say(code, params)`` prints; ``ready()`` is asked until it is true, then ``on_ready()`` is called once.
    """

    children: Sequence[Child]
    say: Say
    ready: Callable[[], bool]
    on_ready: Callable[[], None]
    #: Give up when the first child ends this often before it was ever ready.
    tries: int = 4
    stopping: threading.Event = field(default_factory=threading.Event)
    hurry: threading.Event = field(default_factory=threading.Event)
    _is_ready: bool = False

    def _on_signal(self, _signum: int, _frame: FrameType | None) -> None:
        if self.stopping.is_set():
            self.hurry.set()
        self.stopping.set()

    def run(self) -> int:
        """Run until told to stop; returns the exit status (2: it never came up)."""
        for signum in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(signum, self._on_signal)
        status = 0
        try:
            for child in self.children:
                child.start()
            while not self.stopping.is_set():
                if self._look_after_all():
                    status = 2
                    break
                self._ask_ready()
                time.sleep(_TICK)
        finally:
            self.stop()
        return status

    def _look_after_all(self) -> bool:
        """Restart what ended and is due; tells whether there is no point in going on."""
        # all of them, not only up to the first hopeless one
        hopeless = [self._look_after(child) for child in self.children]
        return any(hopeless)

    def _look_after(self, child: Child) -> bool:
        if child.process is None:
            if time.monotonic() >= child.start_at:
                child.start()
            return False
        status = child.ended()
        if status is None:
            return False
        child.send(signal.SIGKILL)  # what the child itself had started
        child.process = None
        wait = child.wait_before_restart()
        if not self._is_ready and child is self.children[0] and child.ends >= self.tries:
            self.say("serve.never_came_up", {"name": child.name, "status": status})
            return True
        child.start_at = time.monotonic() + wait
        self.say("serve.child_ended", {"name": child.name, "status": status, "seconds": wait})
        return False

    def _ask_ready(self) -> None:
        if not self._is_ready and self.ready():
            self._is_ready = True
            self.on_ready()

    def stop(self) -> None:
        """Stop everything: first kindly, after ``GRACE`` seconds (or a second signal) for good."""
        for child in self.children:
            child.send(signal.SIGTERM)
        deadline = time.monotonic() + GRACE
        while time.monotonic() < deadline and not self.hurry.is_set():
            if all(child.process is None or child.ended() is not None for child in self.children):
                break
            time.sleep(0.05)
        for child in self.children:
            child.send(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
