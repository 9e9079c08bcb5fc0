"""The public site under twenty readers: ``python -m benchmarks.public_pages [--quick] [--wait MINUTES]``.

A fresh SQLite home with 150 publications (``benchmarks.inside.public_site``), served by ``feidi serve --web-only`` with
its two web processes. Twenty readers on connections of their own open pages without an account: first with about a
second between two pages, then without any pause. In a third stretch the site changes every second, so that every page
is made anew again and again. Beside it: what the first page weighs, with its style sheet and pictures, as it is sent.
"""

from __future__ import annotations

import argparse
import http.client
import random
import re
import sqlite3
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from benchmarks.pages import Asks, Times, _feidi, _served
from benchmarks.running import (
    Others,
    fresh_home,
    machine,
    percentile,
    run_child,
    table,
    wait_for_quiet,
    write_result,
)

READERS = 20
PORT = 18_700
#: From the requirements: p95 in ms, bytes of the first page with all that it needs.
TARGET_MS, TARGET_BYTES = 80, 300_000
_ASSET = re.compile(r'(?:src|href)="(/(?:static|public)/[^"]+\.(?:css|svg|jpg))"')


class Reader:
    """Somebody without an account on a kept connection."""

    def __init__(self, port: int) -> None:
        self.port, self.connection = port, http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(self, path: str) -> tuple[int, bytes]:
        """Open a page; return its status and the bytes as they were sent."""
        self.connection.request("GET", path, headers={"Host": f"localhost:{self.port}", "Accept-Encoding": "gzip, br"})
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def main() -> None:
    """Build, serve, measure, write ``results/public_pages.md``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    parser.add_argument("--seconds", type=float, default=20.0, help="of each pace")
    parser.add_argument("--wait", type=float, default=0.0, metavar="MINUTES", help="for a quiet machine")
    args = parser.parse_args()
    if args.quick:
        args.seconds = 2.0
    with fresh_home() as (home, env):
        made = run_child("benchmarks.inside.public_site", env)
        pages = _pages(made)
        wait_for_quiet(args.wait)
        note, others = machine(), Others()
        with _served(env, _feidi(), PORT, "/account/login"):
            weight = _weight(PORT, pages["first page"])
            calm = _measure(pages, args.seconds, pause=1.0)
            hard = _measure(pages, args.seconds)
            stop = threading.Event()
            writer = threading.Thread(target=_change_every_second, args=(home, stop))
            writer.start()
            changing = _measure(pages, args.seconds, pause=1.0)
            stop.set()
            writer.join()
        note += f"; other programs took {others.share():.0%} of the machine meanwhile"
    paces = {
        "about a second between": calm,
        "no pause": hard,
        "a second between, the site changes every second": changing,
    }
    write_result("public_pages", _report(note, made["rows"], paces, weight), keep=not args.quick)
    wrong = [each for times in paces.values() for each in times.wrong]
    sys.exit(f"{len(wrong)} answers were wrong, such as {wrong[0]}" if wrong else 0)


def _pages(made: dict[str, object]) -> dict[str, str]:
    code, last = made["code"], made["last"]
    assert isinstance(last, dict)
    base = f"/public/{code}"
    return {
        "first page": f"{base}/",
        "industries and landing": f"{base}/home/",
        "spaces with the plan": f"{base}/spaces/",
        "on show": f"{base}/on-show/",
        "one product": f"{base}/on-show/{last['product']}/",
        "news": f"{base}/news/",
        "one piece of news": f"{base}/news/{last['news']}/",
        "hall": f"{base}/hall/",
        "policies": f"{base}/policies/",
        "cost comparison": f"{base}/costs/?people=9&office=200%E3%8E%A1",
        "activities": f"{base}/events/",
        "contact": f"{base}/contact/",
    }


def _weight(port: int, path: str) -> list[tuple[str, int]]:
    """Return what the first page needs and how many bytes each is as it is sent."""
    reader = Reader(port)
    _status, page = reader.ask(path)
    found = [("page", len(page))]
    for asset in dict.fromkeys(_ASSET.findall(page.decode())):
        status, body = reader.ask(asset)
        if status != http.client.OK:
            message = f"{status} {asset}"
            raise RuntimeError(message)
        found.append((asset.rsplit("/", 1)[-1] if "static" in asset else "picture", len(body)))
    return found


def _change_every_second(home: Path, stop: threading.Event) -> None:
    """Do what every act of a publisher does to the mark of the site: past the services, because it is a measurement."""
    n = 0
    while not stop.wait(1.0):
        n += 1
        with suppress(sqlite3.OperationalError), sqlite3.connect(home / "feidi.sqlite3", timeout=5) as base:
            base.execute(
                "INSERT INTO showcase_editionstep "
                "(uid, version, created_at, edition_id, outpost_id, kind, act, note, done_by) "
                "SELECT ?, 1, created_at, edition_id, outpost_id, kind, 'changed', '', 'benchmark' "
                "FROM showcase_editionstep ORDER BY id DESC LIMIT 1",
                (f"bench{n:07d}",),
            )


def _measure(pages: dict[str, str], seconds: float, pause: float = 0.0) -> Times:
    """Let everybody read for ``seconds``; the first second warms up and does not count."""
    names, times, begun = list(pages), Times(), time.perf_counter()
    asks: Asks = lambda n: (names[n % len(names)], pages[names[n % len(names)]])  # noqa: E731
    stretch = (begun + (1.0 if seconds > 5 else 0.2), begun + seconds + 1.0)
    threads = [
        threading.Thread(target=_read, args=(Reader(PORT), at, asks, stretch, pause, times)) for at in range(READERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return times


def _read(reader: Reader, at: int, asks: Asks, stretch: tuple[float, float], pause: float, times: Times) -> None:
    chance = random.Random(at)
    for n in range(at, at + 5000):
        if time.perf_counter() > stretch[1]:
            return
        time.sleep(chance.uniform(0.5, 1.5) * pause)
        what, path = asks(n)
        start = time.perf_counter()
        status, page = reader.ask(path)
        took = time.perf_counter() - start
        if status != http.client.OK or not page:
            times.wrong.append(f"{status} {path}")
        elif start > stretch[0]:
            times.seconds[what].append(took)


def _row(name: str, seconds: Sequence[float]) -> list[object]:
    ordered = sorted(seconds)
    return [name, len(ordered), *(f"{1000 * percentile(ordered, share):.0f}" for share in (0.5, 0.95, 1.0))]


def _report(note: str, rows: int, paces: dict[str, Times], weight: list[tuple[str, int]]) -> list[str]:
    total = sum(each for _name, each in weight)
    met = "met" if total < TARGET_BYTES else "**missed**"
    heads = ["pace", "answers", "p50", "p95", "max", "target", ""]
    lines = [
        "# The public site under twenty readers",
        "",
        (
            f"{rows} publications, SQLite (WAL), two web processes. {note}. Made by `benchmarks/public_pages.py`; everything is "
            "invented. Times in ms, as the reader's client sees them (target: p95)."
        ),
        "",
        *table(
            heads,
            [
                [
                    *_row(name, times.all()),
                    TARGET_MS,
                    "met" if 1000 * percentile(times.all(), 0.95) <= TARGET_MS else "**missed**",
                ]
                for name, times in paces.items()
            ],
        ),
        "",
        f"The first page with all that it needs: {total / 1000:.0f} kB as it is sent, target {TARGET_BYTES // 1000} kB: {met}.",
        "",
        *table(["part", "bytes"], [list(each) for each in weight]),
        "",
    ]
    for name, times in paces.items():
        rows_of = [_row(what, seconds) for what, seconds in sorted(times.seconds.items())]
        lines += [f"Each page, {name}:", "", *table(["page", "answers", "p50", "p95", "max"], rows_of), ""]
    return lines[:-1]


if __name__ == "__main__":
    main()
