"""Questions to the index of an installation made by ``inside.world``. Run as a child: ``… SECONDS``; prints JSON.

Eight kinds of question × four kinds of reader; each answer's time, alone (no server, no page): what the index itself
costs. Beside it, on the same rows, what people would write without an index: ``name LIKE '%…%'`` over both tables.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections import defaultdict
from collections.abc import Callable

from django.db import connection

from feidi.domain.parties.models import Organization, Outpost
from feidi.domain.pipeline.models import Project
from feidi.kernel.search.entries import Scopes
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.selectors import search

_WORDS = {
    "one character": ["瓷", "云", "司", "明", "芯"],
    "two characters": ["陶瓷", "安泰", "华芯", "机器", "检测"],
    "two words": ["安泰 陶瓷", "滨海 机器人"],
    "whole name": ["滨海安泰智造陶瓷科技有限公司", "华芯绿源半导体项目"],
    "pinyin initials": ["hx", "btc", "at"],
    "code prefix": ["914401", "91440100", "YU-2026"],
    "nothing found": ["没有这样的单位"],
}


def main() -> None:
    """Ask for so many seconds and print the times in seconds."""
    seconds = float(sys.argv[1])
    random.seed(7)
    large, rival = Outpost.objects.get(code="yunbin"), Outpost.objects.exclude(code="yunbin")[0]
    readers = {
        "large outpost": Scopes(frozenset({large.pk}), frozenset(), frozenset()),
        "other outpost": Scopes(frozenset({rival.pk}), frozenset(), frozenset()),
        "home side": Scopes(frozenset(), frozenset({large.home_id}), frozenset()),
        "one organization": Scopes(frozenset(), frozenset(), frozenset({777})),
    }
    times: dict[str, dict[str, list[float]]] = {"index": defaultdict(list), "like": defaultdict(list)}
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        for what, words in _WORDS.items():
            word, reader = random.choice(words), random.choice(list(readers))
            times["index"][what].append(_timed(lambda word=word, reader=reader: search(word, visible=readers[reader])))
    for what in ("one character", "two characters", "whole name", "nothing found"):
        for word in _WORDS[what]:
            times["like"][what].append(_timed(lambda word=word: _like(word, large)))
    print(json.dumps({"entries": SearchEntry.objects.count(), "vendor": connection.vendor, **times}))


def _timed(ask: Callable[[], object]) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def _like(word: str, outpost: Outpost) -> int:
    projects = Project.objects.filter(outpost=outpost, name__contains=word).order_by("sort_key")
    firms = Organization.objects.filter(links__outpost=outpost, name__contains=word).order_by("name")
    return len(projects.values_list("id")[:1001]) + len(firms.values_list("id")[:1001])


if __name__ == "__main__":
    main()
