"""``feidi doctor``: whether this installation is whole, and what is unsafe for real use."""

from __future__ import annotations

import argparse
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from feidi.portals.cli.checkup import Check
    from feidi.portals.cli.checkup.protection import Item

HELP = "check this installation 体检与等保二级自查"
NEEDS_DJANGO = True
_SIGNS = {"ok": "✓", "note": "·", "problem": "✗", "fatal": "✗✗"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Only the form of the answer."""
    parser.add_argument("--json", action="store_true")


def run(args: argparse.Namespace) -> int:
    """Check everything; 0 in order (notes only), 1 problems, 2 not usable."""
    from feidi.portals.cli.checkup import State  # noqa: PLC0415 - Django is ready only now
    from feidi.portals.cli.output import print_json  # noqa: PLC0415
    from feidi.portals.ui import clock  # noqa: PLC0415

    checks, items = examine(clock.now())
    if args.json:
        print_json({"checks": [_as_json(each) for each in checks], "protection": [_item_json(each) for each in items]})
    else:
        _print(checks, items)
    states = {each.state for each in checks}
    return 2 if State.FATAL in states else 1 if State.PROBLEM in states else 0


def examine(now: datetime) -> tuple[list[Check], list[Item]]:
    """Return every check and the self-check list; with an unusable database only what needs none."""
    from feidi.portals.cli.checkup import State, background, content, database, machine, protection, site  # noqa: PLC0415

    usable = database.is_usable()
    checks = [usable, *machine.check()]
    if usable.state is State.FATAL:
        return checks, []
    checks += [*database.check(now), *content.check(now), *site.check(), *background.check(now)]
    return [_for_demonstration(each) for each in checks], list(protection.items(now))


def _for_demonstration(check: Check) -> Check:
    """Tell what is unsafe for real use as a note where nothing is real."""
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now

    from feidi.portals.cli.checkup import State  # noqa: PLC0415

    return replace(check, state=State.NOTE) if check.unsafe and settings.FEIDI_DEMONSTRATION else check


def _as_json(check: Check) -> dict[str, Any]:
    from feidi.kernel.messages import fix_of, text_of  # noqa: PLC0415 - Django is ready only now

    return {
        "code": check.code,
        "state": check.state.value,
        "unsafe_for_production": check.unsafe,
        "text": text_of(check.finding()),
        "fix": fix_of(check.finding()),
    }


def _item_json(item: Item) -> dict[str, str]:
    return {"area": item.area, "name": item.name, "state": item.state.value, "how": item.how}


def _print(checks: list[Check], items: list[Item]) -> None:
    from django.utils.translation import gettext as _  # noqa: PLC0415 - Django is ready only now

    from feidi.kernel.messages import fix_of, text_of  # noqa: PLC0415
    from feidi.portals.cli.output import print_lines  # noqa: PLC0415

    words = {"met": _("满足"), "not_met": _("不满足"), "to_confirm": _("需人工确认")}
    for each in checks:
        warning = _("（不可用于生产）") if each.unsafe else ""
        print_lines([f"{_SIGNS[each.state.value]} {text_of(each.finding())}{warning}"])
        if fix := fix_of(each.finding()):
            print_lines([f"    → {fix}"])
    if items:
        print_lines(["", _("等保二级自查表（供自查，不代替测评）")])
    area = ""
    for item in items:
        if item.area != area:
            area = item.area
            print_lines([f"【{area}】"])
        print_lines([f"  {words[item.state.value]}  {item.name}：{item.how}"])
