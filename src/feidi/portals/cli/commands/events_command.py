"""``feidi events``: every typed event and who listens."""

from __future__ import annotations

import argparse

HELP = "list typed events and their listeners 列出事件与处理者"
NEEDS_DJANGO = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Only the form of the answer."""
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Print the events in order of name; 0."""
    from feidi.kernel.events import known_events  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json, print_lines  # noqa: PLC0415

    rows = [
        {
            "event": f"{event.__module__}.{event.__qualname__}",
            "fields": list(event.__dataclass_fields__),
            "listeners": listeners,
            "nobody_listens": why_none,
        }
        for event, listeners, why_none in known_events()
    ]
    if args.json:
        print_json({"events": rows})
        return 0
    for row in rows:
        print_lines([f"{row['event']}({', '.join(row['fields'])})"])
        print_lines([f"  → {listener}" for listener in row["listeners"]] or [f"  — {row['nobody_listens']}"])
    return 0
