"""``feidi serve``: the site, the job worker and the scheduler under one supervisor."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.utils.translation import gettext as _

from feidi.engines.findings import refuse
from feidi.portals.cli.serving import ports
from feidi.portals.cli.serving.supervisor import Child, Supervisor

HELP = "run the site, the job worker and the scheduler 运行网站与后台"
NEEDS_DJANGO = True
_DEFAULT_PORT = 8000
#: Requests that one web process works on at a time; further ones wait outside of Python.
_THREADS = 8
_SERVER_ERROR = 500


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen, how many processes, and which parts."""
    parser.add_argument("--port", type=int, default=int(os.environ.get("FEIDI_PORT", _DEFAULT_PORT)))
    parser.add_argument("--bind", default=os.environ.get("FEIDI_BIND", "127.0.0.1"), metavar="ADDR")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="web processes")
    parser.add_argument("--job-workers", type=int, default=1, metavar="N", help="job processes")
    parser.add_argument("--announce", type=Path, metavar="FILE", help="text to print once the site answers")
    parts = parser.add_mutually_exclusive_group()
    parts.add_argument("--web-only", action="store_true")
    parts.add_argument("--worker-only", action="store_true")
    parts.add_argument("--scheduler-only", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Serve until Ctrl-C or SIGTERM; 1 when the database is not ready, 2 when the site never came up."""
    _check_migrated()
    children: list[Child] = []
    port = args.port
    with_web = not (args.worker_only or args.scheduler_only)
    if with_web:
        port = _choose_port(args)
        _collect()
        children.append(Child("web", ["web", *web_arguments(args.bind, port, args.workers)]))
    children += _background(args)
    connections.close_all()

    statuses: list[int] = []

    def ready() -> bool:
        status = ports.answers(args.bind, port, host=_some_host()) if with_web else 0
        statuses[:] = [] if status is None else [status]
        return bool(statuses)

    def on_ready() -> None:
        _announce(args, port if with_web else None)
        if statuses[0] >= _SERVER_ERROR:
            say("serve.broken", {"status": statuses[0]})

    return Supervisor(children, say, ready, on_ready).run()


def web_arguments(bind: str, port: int, workers: int) -> list[str]:
    """Return granian's arguments. The kill timeout bounds its hang when stopped while its workers import."""
    return [
        *("--interface", "wsgi", "--host", bind, "--port", str(port), "--workers", str(workers)),
        *("--workers-kill-timeout", "5", "--respawn-failed-workers", "--respawn-interval", "1"),
        *("--blocking-threads", str(_THREADS), "--backpressure", str(4 * _THREADS)),
        *("--log-level", "error", "--no-ws", "feidi.config.wsgi:application"),
    ]


def _background(args: argparse.Namespace) -> list[Child]:
    from feidi.kernel.jobs.worker import process_name  # noqa: PLC0415 - Django is ready only now

    # one name for the life of the supervisor: a restarted worker takes back what its predecessor held
    name = process_name()
    children: list[Child] = []
    if not (args.web_only or args.scheduler_only):
        children += [Child(f"worker {n}", ["worker", f"{name}-{n}"]) for n in range(1, args.job_workers + 1)]
    if not (args.web_only or args.worker_only):
        children.append(Child("scheduler", ["scheduler", f"{name}-s"]))
    return children


def _check_migrated() -> None:
    from feidi.portals.cli.checkup.database import pending_migrations  # noqa: PLC0415 - Django is ready only now

    pending = pending_migrations()
    if pending:
        raise refuse("serve.not_migrated", count=len(pending))


def _choose_port(args: argparse.Namespace) -> int:
    port = ports.choose(args.bind, args.port)
    if port != args.port:
        say("serve.port_busy", {"wanted": args.port, "port": port})
    return port


def _collect() -> None:
    from feidi.portals.cli.serving.statics import collect_if_stale  # noqa: PLC0415 - Django is ready only now

    collect_if_stale()


def _some_host() -> str:
    named = [host for host in settings.ALLOWED_HOSTS if host not in {"*", "testserver"} and not host.startswith(".")]
    return named[0] if named else "localhost"


def _announce(args: argparse.Namespace, port: int | None) -> None:
    if port is None:
        say("serve.running", {})
        return
    host = ports.reach(args.bind)
    say("serve.answers", {"address": f"http://{f'[{host}]' if ':' in host else host}:{port}/"})
    if args.announce and args.announce.exists():
        sys.stdout.write(args.announce.read_text(encoding="utf-8").rstrip() + "\n")
    say("serve.how_to_stop", {})
    sys.stdout.flush()


def say(code: str, params: Mapping[str, object]) -> None:
    """Print one line of the supervisor."""
    texts = {
        "serve.port_busy": _("端口 {wanted} 已被占用，改用 {port}"),
        "serve.child_ended": _("{name} 意外退出（状态 {status}），{seconds:.0f} 秒后重新启动"),
        "serve.never_came_up": _("{name} 无法启动（状态 {status}），请看上面的错误"),
        "serve.answers": _("飞地已启动：{address}"),
        "serve.broken": _("! 首页返回 {status}，请看上面的错误"),
        "serve.running": _("后台进程已启动"),
        "serve.how_to_stop": _("按 Ctrl-C 停止"),
    }
    sys.stdout.write(texts[code].format(**params) + "\n")
    sys.stdout.flush()
