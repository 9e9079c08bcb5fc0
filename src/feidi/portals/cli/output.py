"""How commands print: JSON for machines, the same texts as the pages for people."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from feidi.engines.findings import Finding, Level, Refusal
from feidi.kernel.messages import fix_of, text_of


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding as the contract states it: level, row, column, code, text."""
    return {
        "level": finding.level.value,
        "row": finding.row,
        "column": finding.column,
        "code": finding.code,
        "text": str(text_of(finding)),
    }


def print_json(value: Mapping[str, Any] | list[Any]) -> None:
    """Print one JSON document; keys and codes are never translated."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def print_lines(lines: Iterable[str]) -> None:
    """Print plain lines."""
    for line in lines:
        sys.stdout.write(f"{line}\n")


def print_refusal(refusal: Refusal, *, as_json: bool = False) -> None:
    """Print why something was refused: to stderr for people, as JSON to stdout for machines."""
    if as_json:
        print_json(
            {
                "refused": refusal.code,
                "text": str(text_of(refusal)),
                "fix": str(fix_of(refusal)),
                "reasons": [finding_json(each) for each in refusal.reasons],
            }
        )
        return
    sys.stderr.write(f"✗ {text_of(refusal)}\n")
    for reason in refusal.reasons:
        fix = fix_of(reason)
        sys.stderr.write(f"  · {text_of(reason)}{'  → ' + str(fix) if fix else ''}\n")
    if fix_of(refusal):
        sys.stderr.write(f"  → {fix_of(refusal)}\n")


def print_unwritable(path: object, error: OSError, *, as_json: bool = False) -> int:
    """Say that a file or folder cannot be written, and why; return the exit status for it."""
    why = {errno.ENOENT: _("上级文件夹不存在"), errno.EISDIR: _("这是一个文件夹"), errno.ENOTDIR: _("路径里有一段不是文件夹"),
           errno.EACCES: _("没有写入权限"), errno.EROFS: _("只读"), errno.ENOSPC: _("磁盘已满")}  # fmt: skip
    text = _("写不进 {path}：{why}").format(path=path, why=why.get(error.errno or 0, error.strerror))
    fix = _("换一个能写入的位置再试")
    if as_json:
        told = {"level": "fatal", "row": None, "column": None, "code": "cli.unwritable", "text": f"{text}。{fix}"}
        print_json({"findings": [told]})
    else:
        sys.stderr.write(f"✗ {text}\n  → {fix}\n")
    return 2


def exit_for(findings: Iterable[Finding]) -> int:
    """Return the exit status of a list of findings: 0 notes only, 1 problems, 2 unusable input."""
    levels = {each.level for each in findings}
    if Level.FATAL in levels:
        return 2
    return 1 if Level.PROBLEM in levels else 0
