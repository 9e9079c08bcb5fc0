"""List, record, search, board and funnel under eight users: ``python -m benchmarks.pages [--quick] [--wait MINUTES]``.

A fresh SQLite home with 100,000 projects and 200,000 organizations (``benchmarks.inside.world``), served by ``feidi serve
--web-only`` with its two web processes. Eight people sign in by the form, each on a connection of their own, and open
pages for a while: first without a pause between two pages (eight requests are always in flight: harder than any eight
people), then with about a second between them. Beside it Django's own admin, over the same table in the same file with
the same server: its changelist of the same columns, without any access rule.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import quote, urlencode

from benchmarks.running import (
    ROOT,
    Others,
    built_home,
    machine,
    percentile,
    run_child,
    table,
    wait_for_quiet,
    write_result,
)

USERS = 8
PASSWORD = "benchmark-2026"
PORT = 18_700
#: p95 in ms of each group, from the requirements.
TARGETS = {"list": 150, "record": 100, "search": 200, "board": 150, "funnel": 150}
_LIST = {
    "first page": "/projects/",
    "stage filter": "/projects/?stage=talks:negotiating",
    "rare stage filter": "/projects/?stage=talks:agreeing",
    "home stage filter": "/projects/?stage=home:registered",
    "owner filter": "/projects/?owner={owner}",
    "words": "/projects/?words=" + quote("陶瓷"),
    "words, none found": "/projects/?words=" + quote("没有这样的项目"),
    "untouched for 14 days": "/projects/?show=stale",
    "without contact": "/projects/?show=no_contact",
    "verified": "/projects/?show=verified",
    "sorted by name": "/projects/?sort=name",
    "sorted by stage date": "/projects/?sort=-since",
    "sorted by stage": "/projects/?sort=stage",
    "sorted by last talk": "/projects/?sort=talked",
    "page 20": "/projects/?page=20",
}
_BOARD = {
    "talks": "/board/",
    "home track": "/board/?track=home",
    "host track": "/board/?track=host",
    "of one owner": "/board/?owner={owner}",
    "words": "/board/?words=" + quote("陶瓷"),
    "fifty more": "/board/column/?stage=lead&offset=50",
}
_FUNNEL = {
    "at a glance": "/figures/",
    "last year": "/figures/?span=last_year",
    "ever, with openings": "/figures/?span=all&openings=on",
    "all figures": "/figures/all/",
    "rows of a bar": "/figures/rows/?kind=step&code=negotiating",
    "rows of the largest figure": "/figures/rows/?kind=figure&code=K05",
}
_SEARCH = {
    "two characters": ["陶瓷", "安泰", "华芯", "机器", "检测"],
    "one character": ["瓷", "云", "司", "明"],
    "pinyin initials": ["hx", "btc", "antai"],
    "code": ["914401", "91440100", "YU-2026-01"],
    "whole name": ["滨海安泰智造陶瓷科技有限公司", "华芯绿源半导体"],
    "nothing found": ["没有这样的单位"],
}
_PEER = {
    "first page": "/p/",
    "stage filter": "/p/?talks_stage__exact=negotiating",
    "rare stage filter": "/p/?talks_stage__exact=agreeing",
    "words": "/p/?q=" + quote("陶瓷"),
    "sorted by name": "/p/?o=1",
    "sorted by stage date": "/p/?o=-5",
    "page 20": "/p/?p=20",
}
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Times:
    """Seconds of each answer by what was asked, and what went wrong."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def all(self) -> list[float]:
        """Every answer's seconds, sorted."""
        return sorted(each for values in self.seconds.values() for each in values)


class Person:
    """One signed-in user on a kept connection."""

    def __init__(self, port: int) -> None:
        self.port, self.cookies = port, SimpleCookie()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, method: str, path: str, body: str = "") -> tuple[int, bytes]:
        """Send one request and read the whole answer."""
        headers = {"Host": f"localhost:{self.port}", "Accept-Encoding": "gzip"}
        headers["Cookie"] = "; ".join(f"{name}={each.value}" for name, each in self.cookies.items())
        if body:
            headers |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Referer": f"http://localhost:{self.port}/",
            }
        self.connection.request(method, path, body or None, headers)
        answer = self.connection.getresponse()
        text = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies.load(line)
        return answer.status, text

    def sign_in(self, login: str) -> None:
        """Sign in by the form; raises when that fails."""
        _status, page = self.ask("GET", "/account/login")
        found = _TOKEN.search(page.decode())
        fields = {"csrfmiddlewaretoken": found[1] if found else "", "login": login, "password": PASSWORD}
        status, _page = self.ask("POST", "/account/login", urlencode(fields))
        if status != http.client.FOUND:
            message = f"{login} could not sign in: {status}"
            raise RuntimeError(message)


def main() -> None:
    """Build, serve, measure, write ``results/pages.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    parser.add_argument("--projects", type=int, default=100_000)
    parser.add_argument("--organizations", type=int, default=200_000)
    parser.add_argument("--seconds", type=float, default=20.0, help="of each group and pace")
    parser.add_argument("--wait", type=float, default=0.0, metavar="MINUTES", help="for a quiet machine")
    parser.add_argument("--home", type=Path, help="keep the installation here, and use it when it is there")
    args = parser.parse_args()
    if args.quick:
        args.projects, args.organizations, args.seconds = 1000, 2000, 2.0
    with built_home(args.home, args.projects, args.organizations) as (built, env):
        uids = run_child("benchmarks.inside.visible", env)
        wait_for_quiet(args.wait)
        note, others = machine(), Others()
        with _served(env, _feidi(), PORT, "/account/login"):
            people = _people(PORT)
            first = _first_figures(people)
            hard = {name: _measure(people, asks, args.seconds) for name, asks in _asks(uids).items()}
            calm = {name: _measure(people, asks, args.seconds, pause=1.0) for name, asks in _asks(uids).items()}
        with _served({**env, "DJANGO_SETTINGS_MODULE": "benchmarks.peer.settings"}, _peer(), PORT + 1, "/p/"):
            strangers = [Person(PORT + 1) for _ in range(USERS)]
            peer = _measure(strangers, [_fixed(_PEER)] * USERS, args.seconds)
        note += f"; other programs took {others.share():.0%} of the machine meanwhile"
    write_result("pages", _report(note, built, hard, calm, peer, first), keep=not args.quick)
    wrong = [each for times in (*hard.values(), *calm.values(), peer) for each in times.wrong]
    sys.exit(f"{len(wrong)} answers were wrong, such as {wrong[0]}" if wrong else 0)


def _feidi() -> list[str]:
    entry = "from feidi.portals.cli.main import entry; entry()"
    return [sys.executable, "-c", entry, "serve", "--web-only", "--port", str(PORT)]


def _peer() -> list[str]:
    how = "--interface wsgi --workers 2 --blocking-threads 8 --backpressure 32 --log-level error --no-ws".split()  # noqa: SIM905
    return [sys.executable, "-m", "granian", *how, "--port", str(PORT + 1), "benchmarks.peer.site:application"]


@contextmanager
def _served(env: dict[str, str], command: list[str], port: int, path: str) -> Iterator[None]:
    process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        _await_answer(process, port, path)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def _await_answer(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    """Wait until the site answers, a minute at most; raises when it ended or never does."""
    for _ in range(300):
        time.sleep(0.2)
        if process.poll() is not None:
            break
        with suppress(OSError):
            if Person(port).ask("GET", path)[0] == http.client.OK:
                return
    message = f"no answer on port {port}"
    raise RuntimeError(message)


def _people(port: int) -> list[Person]:
    people = [Person(port) for _ in range(USERS)]
    for number, person in enumerate(people):
        person.sign_in(f"user{number}")
    return people


def _first_figures(people: Sequence[Person]) -> float:
    """Let everybody look at the figures for the first time, together; return the longest answer's seconds."""
    took: list[float] = []

    def look(person: Person) -> None:
        start = time.perf_counter()
        person.ask("GET", "/figures/")
        took.append(time.perf_counter() - start)

    threads = [threading.Thread(target=look, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(took)


Asks = Callable[[int], tuple[str, str]]


def _fixed(pages: dict[str, str], **values: object) -> Asks:
    """Ask the pages in turn, each person from another one on."""
    names = list(pages)
    return lambda n: (names[n % len(names)], pages[names[n % len(names)]].format(**values))


def _asks(uids: list[dict[str, object]]) -> dict[str, list[Asks]]:
    """Group → for each person, number of the request → (what, address)."""

    def record(at: int) -> Asks:
        seen = uids[at]["projects"]
        assert isinstance(seen, list)
        return lambda _n: ("record", f"/projects/{random.choice(seen)}/")

    def search(n: int) -> tuple[str, str]:
        what = list(_SEARCH)[n % len(_SEARCH)]
        words = quote(random.choice(_SEARCH[what]))
        if n // len(_SEARCH) % 3:
            return what, f"/search/?q={words}"
        return "while typing", f"/search/suggest/?q={words}"

    return {
        "list": [_fixed(_LIST, owner=each["id"]) for each in uids],
        "record": [record(at) for at in range(len(uids))],
        "search": [search] * len(uids),
        "board": [_fixed(_BOARD, owner=each["id"]) for each in uids],
        "funnel": [_fixed(_FUNNEL)] * len(uids),
    }


def _measure(people: Sequence[Person], asks: Sequence[Asks], seconds: float, pause: float = 0.0) -> Times:
    """Let everybody ask for ``seconds`` (at most 2,000 pages each); the first second warms up and does not count."""
    times, begun = Times(), time.perf_counter()
    warm = 1.0 if seconds > 5 else 0.2
    stretch = (begun + warm, begun + warm + seconds)
    threads = [
        threading.Thread(target=_walk, args=(person, at, asks[at], stretch, pause, times))
        for at, person in enumerate(people)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _walk(person: Person, at: int, asks: Asks, stretch: tuple[float, float], pause: float, times: Times) -> None:
    """One person opens page after page until the stretch (from, until) is over."""
    chance = random.Random(at)
    for n in range(at, at + 2000):
        if time.perf_counter() > stretch[1]:
            return
        time.sleep(chance.uniform(0.5, 1.5) * pause)
        what, path = asks(n)
        start = time.perf_counter()
        status, page = person.ask("GET", path)
        took = time.perf_counter() - start
        if status != http.client.OK or not page:
            times.wrong.append(f"{status} {path}")
        elif start > stretch[0]:
            times.seconds[what].append(took)


def _row(name: str, seconds: Sequence[float]) -> list[object]:
    ordered = sorted(seconds)
    if not ordered:
        return [name, 0, "", "", ""]
    return [name, len(ordered), *(f"{1000 * percentile(ordered, share):.0f}" for share in (0.5, 0.95, 1.0))]


def _verdict(group: str, times: Times) -> str:
    p95 = 1000 * percentile(times.all(), 0.95)
    return "met" if p95 <= TARGETS[group] else "**missed**"


def _report(
    note: str,
    built: dict[str, int],
    hard: dict[str, Times],
    calm: dict[str, Times],
    peer: Times,
    first: float,
) -> list[str]:
    lines = [
        "# Pages under eight users",
        "",
        (
            f"{built['projects']:,} projects, {built['firms']:,} organizations, SQLite (WAL) of {built['mb']:,} MB, two web "
            f"processes. {note}. Made by `benchmarks/pages.py`; all rows are invented. Times in ms, as the client sees them."
        ),
        "",
        "Eight people, about a second between one's pages (target: p95):",
        "",
        *table(["group", "answers", "p50", "p95", "max", "target", ""], [_group(name, calm) for name in calm]),
        "",
        (
            "The same eight without any pause, so that eight requests are always in flight on these cores. Everybody keeps "
            "one connection, and with it one of the two processes: where the kernel spreads the eight unevenly, a low p50 "
            "stands beside a high p95."
        ),
        "",
        *table(["group", "answers", "p50", "p95", "max", "target", ""], [_group(name, hard) for name in hard]),
        "",
    ]
    lines += [
        (
            f"Board and funnel hold {built['projects']:,} projects. The first look at figures after a start gathers their columns: "
            f"{first:.1f} s, once per process and outpost (all eight people at once); each later write is read in by itself."
        ),
        "",
    ]
    for pace, groups in (("with a second between", calm), ("without a pause", hard)):
        lines += [f"Each kind of page, {pace}:", ""]
        rows = [
            _row(f"{group}: {what}", each) for group in groups for what, each in sorted(groups[group].seconds.items())
        ]
        lines += [*table(["page", "answers", "p50", "p95", "max"], rows), ""]
    ours = hard["list"].seconds
    pairs = [(what, ours[what], peer.seconds[what]) for what in _PEER if ours.get(what) and peer.seconds.get(what)]
    lines += [
        (
            "Django's admin beside it (changelist of the same columns, 50 rows a page, same file and server, no access rule, "
            "no pause):"
        ),
        "",
        *table(
            ["page", "ours p50", "admin p50", "admin ÷ ours", "ours p95", "admin p95"],
            [_pair(what, sorted(mine), sorted(theirs)) for what, mine, theirs in pairs],
        ),
    ]
    return lines


def _group(name: str, groups: dict[str, Times]) -> list[object]:
    return [*_row(name, groups[name].all()), TARGETS[name], _verdict(name, groups[name])]


def _pair(what: str, mine: Sequence[float], theirs: Sequence[float]) -> list[object]:
    p50, peer50 = 1000 * percentile(mine, 0.5), 1000 * percentile(theirs, 0.5)
    p95, peer95 = 1000 * percentile(mine, 0.95), 1000 * percentile(theirs, 0.95)
    return [what, f"{p50:.0f}", f"{peer50:.0f}", f"{peer50 / p50:.1f}", f"{p95:.0f}", f"{peer95:.0f}"]


if __name__ == "__main__":
    main()
