"""``feidi serve``: it answers, minds its children, and stops whatever state they are in."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from feidi.portals.cli.serving import ports
from tests.support.installation import Installation


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Installation:
    """A migrated place with its static files collected (a first start takes longer)."""
    home = tmp_path_factory.mktemp("served")
    place = Installation(home)
    assert place.run("migrate", "--no-content").status == 0
    done = place.python("from feidi.portals.cli.serving.statics import collect_if_stale as c\nprint(c(), c())")
    assert done.out.split() == ["True", "False"], done.err
    return place


class Served:
    """A running ``feidi serve`` and what it prints."""

    def __init__(self, place: Installation, *words: str) -> None:
        self.log = place.home / f"serve-{time.monotonic_ns()}.log"
        with self.log.open("w") as out:
            self.process = place.start("serve", "--workers", "1", *words, stdout=out, stderr=subprocess.STDOUT)

    def says(self, pattern: str, seconds: float = 40) -> re.Match[str]:
        """Wait for a line that matches."""
        deadline = time.monotonic() + seconds
        while not (found := re.search(pattern, self.log.read_text())):
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)
        return found

    def children(self) -> set[int]:
        """Process ids of everything it has started, grandchildren too."""
        return descendants(self.process.pid)

    def stop(self, signum: int = signal.SIGTERM) -> float:
        """Send a signal and return the seconds until it has ended."""
        started = time.monotonic()
        self.process.send_signal(signum)
        self.process.wait(timeout=30)
        return time.monotonic() - started


def descendants(pid: int) -> set[int]:
    """Return the ids of all processes below ``pid``."""
    found: set[int] = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        if parent == pid:
            child = int(path.parent.name)
            found |= {child} | descendants(child)
    return found


def alive(pids: set[int]) -> set[int]:
    """Return those that still run (a zombie does not)."""
    running = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            running.add(pid)
    return running


def wait_gone(pids: set[int], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while left := alive(pids):
        assert time.monotonic() < deadline, left
        time.sleep(0.05)


@pytest.fixture
def serve(place: Installation) -> Iterator[type[Served]]:
    """``serve(*words)`` starts a server of the place; none outlives the test."""
    started: list[Served] = []

    def start(*words: str) -> Served:
        started.append(Served(place, *words))
        return started[-1]

    yield start  # type: ignore[misc]
    for each in started:
        pids = each.children()
        each.process.kill()
        each.process.wait()
        for pid in alive(pids):
            os.kill(pid, signal.SIGKILL)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_it_answers_on_another_port_when_the_wanted_one_is_busy_and_stops_clean(serve, place) -> None:
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen(1)
        wanted = busy.getsockname()[1]
        note = place.home / "hello.txt"
        note.write_text("账号 admin\n", encoding="utf-8")
        site = serve("--port", str(wanted), "--announce", str(note))
        port = int(site.says(r"http://127\.0\.0\.1:(\d+)/")[1])
        assert f"端口 {wanted} 已被占用，改用 {port}" in site.log.read_text()
        site.says("账号 admin")
    assert port != wanted
    assert ports.answers("127.0.0.1", port) is not None
    site.says("Ctrl-C")
    living = place.run("doctor", "--json").json
    assert {"worker_alive", "scheduler_alive"} <= {each["code"] for each in living["checks"]}
    pids = site.children()
    assert len(pids) >= 4
    assert site.stop(signal.SIGINT) < 9
    assert site.process.returncode == 0
    wait_gone(pids)
    assert ports.is_free("127.0.0.1", port)


@pytest.mark.parametrize(
    "after", [pytest.param(0.3, marks=pytest.mark.slow), 0.9, pytest.param(1.6, marks=pytest.mark.slow)]
)
def test_it_stops_while_its_children_are_still_importing(serve, after: float) -> None:
    site = serve("--port", str(free_port()))
    deadline = time.monotonic() + 30
    while not site.children():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    time.sleep(after)
    pids = site.children()
    assert site.stop() < 10
    wait_gone(pids)


def test_a_child_that_dies_is_told_and_started_again(serve, place) -> None:
    site = serve("--worker-only")
    site.says("后台进程已启动")
    (worker,) = site.children()
    os.kill(worker, signal.SIGKILL)
    site.says(r"worker 1 意外退出（状态 -9），1 秒后重新启动")
    deadline = time.monotonic() + 20
    while not (again := site.children()) or again == {worker}:
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert site.stop() < 9


def test_nothing_outlives_a_killed_supervisor(serve) -> None:
    site = serve("--port", str(free_port()))
    site.says("Ctrl-C")
    pids = site.children()
    site.process.kill()
    site.process.wait()
    wait_gone(pids, seconds=15)


def test_a_site_that_cannot_start_says_so_and_ends(place: Installation) -> None:
    broken = Installation(place.home, extra=(("GRANIAN_SSL_CERTIFICATE", "/no/such/file"),))
    done = broken.run("serve", "--web-only", "--port", str(free_port()))
    assert done.status == 2, done.out + done.err
    assert "web 无法启动" in done.out


def test_an_unmigrated_place_is_refused(tmp_path: Path) -> None:
    done = Installation(tmp_path).run("serve", "--port", str(free_port()))
    assert done.status == 1
    assert "feidi migrate" in done.err


def test_ports() -> None:
    with socket.socket() as busy:
        busy.bind(("0.0.0.0", 0))
        busy.listen(1)
        port = busy.getsockname()[1]
        assert not ports.is_free("127.0.0.1", port)
        assert ports.choose("127.0.0.1", port) > port
        assert ports.answers("0.0.0.0", port, timeout=0.2) is None
