"""Matching: one need against a million offers, a batch, quality beside other engines, and what the answers are held to.

``python -m benchmarks.matching [--quick] [--only STAGE,…]``. Each stage writes its section of ``results/matching.md`` when it is
done; ``--only`` measures some again and leaves the others as they stand. Offers and needs are invented (``inside/offers.py``,
fixed seed); quality is measured on ``../shared/eval/csl.jsonl`` when that is there. ``--quick``: small, nothing written.
"""

from __future__ import annotations

import argparse
import gc
import importlib.util
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np

from benchmarks.inside.matching_agenda import table_rows as agenda_rows
from benchmarks.inside.matching_batch import Memory, size_of
from benchmarks.inside.matching_batch import run as run_batch
from benchmarks.inside.matching_peers import PEERS, absent, made
from benchmarks.inside.matching_quality import records, table_rows
from benchmarks.inside.offers import OfferMaker
from benchmarks.policy_stages import Stage, run
from benchmarks.running import percentile, table
from feidi.engines.affinity import Asking, Need, Offer
from feidi.engines.affinity.index import Index, exact_sums
from feidi.engines.affinity.many import match_many
from feidi.engines.affinity.matching import rank
from feidi.engines.affinity.model import POOL_OF_MANY
from tests.engines.affinity.support import plain_bm25

SEED = 20_261_129
DAY = date(2026, 6, 1)
HYBRID = Asking(on=DAY)
#: As ``feidi match batch`` asks.
BATCH = Asking(on=DAY, top=20, near_misses=0, pool=POOL_OF_MANY)


INTRO = [
    "# Matching: who serves a need",
    "",
    "Made by `benchmarks/matching.py`, stage by stage: each says when it was measured.",
]


@dataclass(frozen=True)
class Sizes:
    """How much is measured."""

    offers: int
    needs: int
    peers: int
    batch: int
    compared: int
    quality: int | None
    agenda: int


FULL = Sizes(offers=1_000_000, needs=500, peers=100_000, batch=100_000, compared=1_000, quality=None, agenda=100_000)
QUICK = Sizes(offers=6_000, needs=40, peers=2_000, batch=300, compared=40, quality=120, agenda=2_000)


def main() -> None:
    """Measure what was asked for and write ``results/matching.md`` stage by stage."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small, nothing written")
    with tempfile.TemporaryDirectory(prefix="feidi-match-") as work:
        known = stages_of(FULL, Path(work))
        parser.add_argument("--only", default=",".join(known), metavar="STAGE,…", help=f"of {', '.join(known)}")
        args = parser.parse_args()
        chosen = [each.strip() for each in args.only.split(",") if each.strip()]
        if unknown := sorted(set(chosen) - set(known)):
            parser.error(f"no such stage: {', '.join(unknown)} (there are: {', '.join(known)})")
        stages = stages_of(QUICK if args.quick else FULL, Path(work))
        run("matching", INTRO, stages, chosen, keep=not args.quick)


def stages_of(sizes: Sizes, work: Path) -> dict[str, Stage]:
    """Return the stages by name, in the order of the result; the first two share an index."""
    built = cache(lambda: _build(sizes, work))
    offers = f"{sizes.offers:,} offers"
    return {
        "query": Stage("One need", lambda: _one_need(sizes, built()), offers),
        "batch": Stage("Many needs", lambda: _batch(sizes, built()), f"{sizes.batch:,} needs, {offers}"),
        "beside": Stage("Beside others, words alone", lambda: _beside(sizes), f"{sizes.peers:,} offers"),
        "reference": Stage("What the answers are held to", lambda: _held_to(sizes), f"{sizes.compared:,} offers"),
        "quality": Stage("Quality", lambda: _quality(sizes), "published abstracts"),
        "agenda": Stage("Agendas", lambda: _agenda(sizes), f"{sizes.agenda:,} lists of 50"),
    }


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _each(work: Callable[[Need], object], needs: Sequence[Need]) -> list[float]:
    """Return the milliseconds of each need, ascending; the first ones only warm up."""
    for need in needs[:10]:
        work(need)
    return sorted(1000 * _timed(lambda need=need: work(need)) for need in needs)  # type: ignore[misc]


def _ms(values: Sequence[float], share: float) -> str:
    return f"{percentile(values, share):.1f} ms"


@dataclass
class Built:
    """An index of all offers, in memory and saved; how long that took; the most memory meanwhile, offers included."""

    index: Index
    folder: Path
    maker: OfferMaker
    mean: float
    built: float
    saved: float
    memory: int

    def let_go(self) -> None:
        """Go on with the saved index, mapped as any process maps it, instead of the one in memory."""
        self.index = Index.open(self.folder, verify=False)
        gc.collect()


def _build(sizes: Sizes, work: Path) -> Built:
    maker = OfferMaker(SEED)
    offers = list(maker.offers(sizes.offers))
    gc.collect()
    gc.freeze()
    with Memory() as memory:
        begun = time.perf_counter()
        index = Index.build(offers)
        built = time.perf_counter() - begun
        saved = _timed(lambda: index.save(work / "index"))
    mean = sum(len(each.text) for each in offers) / len(offers)
    return Built(index, work / "index", maker, mean, built, saved, memory.most)


def _one_need(sizes: Sizes, found: Built) -> list[str]:
    index, folder, needs = found.index, found.folder, found.maker.needs(sizes.needs)
    opened, unchecked = _timed(lambda: Index.open(folder)), _timed(lambda: Index.open(folder, verify=False))
    pruned = _each(lambda need: index.query(need, HYBRID), needs)
    whole = _each(lambda need: index.query(need, replace(HYBRID, exhaustive=True)), needs[: max(20, sizes.needs // 10)])
    recall, above = _recall(index, needs[: max(20, sizes.needs // 5)])
    changed = _timed(lambda: _changed(index, found.maker))
    rows = [
        ["one need, words + meaning + facts, filtered, explained: p50", "", _ms(pruned, 0.5)],
        ["the same, p95", "5 ms", _ms(pruned, 0.95)],
        ["every posting looked at, p50", "", _ms(whole, 0.5)],
        ["exact best ten by words among the 200 that are scored by all parts", "99.8 %", f"{recall:.2%}"],
        ["needs with an offer left out that is above the bound told", "0", above],
        ["building, with meaning", "20 s", f"{found.built:.1f} s"],
        ["most memory meanwhile, the offers themselves included", "", f"{found.memory / 2**30:.1f} GB"],
        ["writing; its size", "", f"{found.saved:.1f} s; {size_of(folder) / 2**20:,.0f} MB"],
        ["opening: every byte checked; sizes only", "", f"{opened:.2f} s; {unchecked:.2f} s"],
        ["a changed offer is found after", "1 s", f"{changed:.2f} s"],
    ]
    what = f"{sizes.offers:,} invented offers of {found.mean:.0f} characters, needs of about 40."
    return [what, "", *table(["what", "target", "measured"], rows)]


def _changed(index: Index, maker: OfferMaker) -> None:
    (offer,) = maker.offers(1)
    index.add([Offer("o0000007", "特制镱掺杂隔声蜂窝夹芯板 " + offer.text, offer.owner, offer.facts)])
    assert index.query(Need("镱掺杂隔声蜂窝夹芯板")).candidates[0].id == "o0000007"


def _recall(index: Index, needs: Sequence[Need]) -> tuple[float, int]:
    """Return the share of the exact best ten by words that is looked at, and how often an offer is above the bound told."""
    hit, above = 0, 0
    asking = Asking(per_owner=None, near_misses=0)
    for need in needs:
        (sums,) = exact_sums(index.view, Need(need.text))
        ranked = rank(index.view, Need(need.text), asking)
        seen = np.concatenate([each.listed.rows for each in ranked.scored])
        best = np.argpartition(-sums, 10)[:10]
        hit += int(np.isin(best, seen).sum())
        sums[seen] = 0
        above += bool(sums.max() > ranked.listed.bound + 1e-9)
    return hit / (10 * len(needs)), above


def _batch(sizes: Sizes, found: Built) -> list[str]:
    title = f"{sizes.batch:,} needs against {sizes.offers:,} offers, the best 20 of each, by the kernel of `feidi match batch`."
    if importlib.util.find_spec("pyarrow") is None:
        return [title, "", "The extra `analytics` is not installed: not measured."]
    found.let_go()
    needs = found.maker.needs(sizes.batch)
    first, again, memory, matched = run_batch(found.folder, needs, BATCH)
    cold = found.built + found.saved + first
    rows = [
        ["cold: indexed with meaning, saved, opened, matched", "60 s", f"{cold:.0f} s"],
        ["again: opened, matched", "20 s", f"{again:.0f} s"],
        ["most memory of all processes", "5 GB", f"{memory / 2**30:.1f} GB"],
        ["rows", "", f"{matched:,}"],
        [
            "of the best 20 of one need asked as a person asks it, in the list of the batch",
            "90 %",
            _in_common(found, needs),
        ],
    ]
    note = (
        f"As `feidi match batch` asks: {BATCH.looked_at} offers of each need are scored by all parts, chosen from {BATCH.pool} times "
        f"{BATCH.reread} (a person's: {HYBRID.pool} times); every row has the split of its score."
    )
    return [title, "", *table(["what", "target", "measured"], rows), "", note]


def _in_common(found: Built, needs: Sequence[Need]) -> str:
    view, some = found.index.view, list(enumerate(needs[:200]))
    pairs, at, hit, wanted = match_many(view, some, BATCH), 0, 0, 0
    for (_number, need), (_same, rows) in zip(some, pairs.needs, strict=True):
        best = {each.id for each in found.index.query(need, replace(HYBRID, top=BATCH.top)).candidates}
        hit += len(best & set(pairs.offer[at : at + rows]))
        wanted += len(best)
        at += rows
    return f"{hit / max(1, wanted):.1%}"


def _beside(sizes: Sizes) -> list[str]:
    maker = OfferMaker(SEED + 1)
    texts = [each.text for each in maker.offers(sizes.peers)]
    needs = maker.needs(min(200, sizes.needs))
    begun = time.perf_counter()
    index = Index.build(Offer(f"o{at:07}", text) for at, text in enumerate(texts))
    built = time.perf_counter() - begun
    times = _each(lambda need: index.query(Need(need.text)), needs)
    rows = [["feidi, explained", f"{built:.1f} s", _ms(times, 0.5), _ms(times, 0.95)]]
    for name in PEERS:
        begun = time.perf_counter()
        ask = made(name, texts)
        if ask is None:
            rows.append([name, "not installed", "", ""])
            continue
        built = time.perf_counter() - begun
        times = _each(lambda need, ask=ask: ask(need.text, 10), needs)  # type: ignore[misc]
        rows.append([name, f"{built:.1f} s", _ms(times, 0.5), _ms(times, 0.95)])
    heads = ["engine", "build", "one need p50", "p95"]
    note = "The others get pairs of characters and whole words, made outside the time of asking only for the texts; they neither filter nor explain."
    return [f"{sizes.peers:,} offers, words alone.", "", *table(heads, rows), "", note, *_lacking()]


def _lacking() -> list[str]:
    lacking = absent()
    return ["", f"Not installed, not measured: {', '.join(lacking)} (the group `bench`)."] if lacking else []


def _held_to(sizes: Sizes) -> list[str]:
    maker = OfferMaker(SEED + 2)
    offers, needs = list(maker.offers(sizes.compared)), maker.needs(10)
    index, texts = Index.build(offers), [each.text for each in offers]
    worst = 0.0
    for need in needs:
        wanted = plain_bm25(texts, need.text)
        found = index.lexical_scores(need)
        off = [abs(found.get(offer.id, 0.0) - score) for offer, score in zip(offers, wanted, strict=True)]
        worst = max(worst, *off)
    rows = [
        [
            f"exhaustive against a plain reference, {sizes.compared:,} offers: greatest difference",
            "1e-5",
            f"{worst:.1e}",
        ]
    ]
    rows.append(_by_sql(sizes))
    return table(["what", "target", "measured"], rows)


def _by_sql(sizes: Sizes) -> list[object]:
    count, asked = sizes.compared * 20, sizes.compared // 2
    what = f"DuckDB, {asked:,} needs × {count:,} offers: greatest difference of the 20 best"
    if importlib.util.find_spec("duckdb") is None or importlib.util.find_spec("pyarrow") is None:
        return [what, "1e-4", "the extra `analytics` is not installed"]
    from feidi.portals.cli.matching.batch_sql import shortlists  # noqa: PLC0415 - an extra

    maker = OfferMaker(SEED + 3)
    index, needs = Index.build(maker.offers(count)), maker.needs(asked)
    asking = Asking(on=DAY, top=20, looked_at=20)
    begun = time.perf_counter()
    found = shortlists("duckdb", index.view, needs, asking)
    seconds = time.perf_counter() - begun
    numbers, scores = found.column("need").to_numpy(), found.column("score").to_numpy()
    worst = 0.0
    for number, need in enumerate(needs):
        ranked = rank(index.view, need, replace(asking, exhaustive=True))
        ours = np.sort(np.concatenate([each.lexical for each in ranked.scored]))[::-1][:20]
        theirs = np.sort(scores[numbers == number])[::-1]
        worst = max(worst, float(np.abs(ours[: len(theirs)] - theirs).max(initial=0.0)))
    return [f"{what} ({seconds:.1f} s)", "1e-4", f"{worst:.1e}"]


def _quality(sizes: Sizes) -> list[str]:
    rows = records(sizes.quality)
    title = f"{len(rows):,} published abstracts."
    if not rows:
        return ["`../shared/eval/csl.jsonl` IS ABSENT: not measured."]
    note = "Known item: a title finds its abstract (nDCG at 10). Discipline: of the ten best others, the share of the same one."
    return [title, "", *table(["engine", "known item", "discipline"], table_rows(rows)), "", note]


def _agenda(sizes: Sizes) -> list[str]:
    title = f"{sizes.agenda:,} lists of 50, deferred acceptance; target 0.1 s, 0 blocking pairs."
    return [title, "", *table(["market", "time", "meetings", "blocking pairs"], agenda_rows(sizes.agenda))]


if __name__ == "__main__":
    main()
