"""核验随包审计链 python3 verify.py, to be run in the folder where it lies.

只用 Python 标准库，不改动任何文件。

Checks the audit trail of a package: every link names the one before it; of every link given in full the hash, and the
digest of its entries; of every entry given in full its own digest. Needs Python 3.9 or later and nothing else.
"""

from __future__ import annotations

import hashlib
import json
import pathlib
import sys
from collections.abc import Iterator
from typing import Any

FIRST = "0" * 64
LINK = ("previous_hash", "algorithm", "digest", "count", "total", "at")
ACTOR = ("actor_kind", "actor_user_id", "actor_label", "on_behalf_of")
ENTRY = ("subject_kind", "subject_uid", "action", "changes", "state", "reason")


def digest(*parts: object) -> str:
    """Return the SHA-256 of the parts in canonical JSON."""
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def verify(folder: pathlib.Path) -> list[str]:
    """Return what does not hold; empty: the trail is whole."""
    faults, sums = check_entries(folder)
    previous = FIRST
    for row in rows_of(folder / "links.jsonl"):
        if row["previous_hash"] != previous:
            faults.append(f"link {row['link']}: chain broken")
        faults += check_link(row, sums.get(row["link"], []))
        previous = row["hash"]
    manifest = folder.parent / "manifest.json"
    if manifest.exists() and json.loads(manifest.read_text(encoding="utf-8"))["audit"]["head"] != previous:
        faults.append("head differs from manifest.json")
    return faults


def rows_of(path: pathlib.Path) -> Iterator[dict[str, Any]]:
    """Yield one object per line."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def check_entries(folder: pathlib.Path) -> tuple[list[str], dict[int, list[str]]]:
    """Return the entries that were altered, and the digests of all entries by link in their order."""
    faults: list[str] = []
    sums: dict[int, list[str]] = {}
    for row in rows_of(folder / "entries.jsonl"):
        sums.setdefault(row["link"], []).append(row["digest"])
        if "action" in row and digest(*(row[name] for name in ENTRY)) != row["digest"]:
            faults.append(f"entry {row['link']}/{row['seq']} {row['subject_kind']} {row['subject_uid']}")
    return faults, sums


def check_link(row: dict[str, Any], given: list[str]) -> list[str]:
    """Return what does not hold of a link given in full; of others only the hash is known."""
    if "digest" not in row:
        return []
    faults = []
    if digest(*(row[name] for name in (*LINK, *ACTOR))) != row["hash"]:
        faults.append(f"link {row['link']}: altered")
    joined = hashlib.sha256("".join(given).encode()).hexdigest()
    if joined != row["digest"] or len(given) != row["count"]:
        faults.append(f"link {row['link']}: entries altered")
    return faults


if __name__ == "__main__":
    found = verify(pathlib.Path(__file__).resolve().parent)
    sys.stdout.write("\n".join(found or ["完整、一致 whole"]) + "\n")
    sys.exit(1 if found else 0)
