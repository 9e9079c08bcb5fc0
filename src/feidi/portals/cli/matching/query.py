"""``feidi match query``: one need against an index, with the split of the score, shared words, missing facts, near misses."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feidi.engines.findings import Finding, refuse
from feidi.portals.cli.matching.output import day, name_of, names_of, positive, put, put_json, today

if TYPE_CHECKING:
    from feidi.engines.affinity.model import Asking, Candidate, Held, NearMiss, Need, Result, Weights

_OF_THE_NEED: Final = frozenset({"owner", "blocked", "allowed"})
_DIGITS: Final = 6


def add_to(subparsers: Any) -> None:
    """``query --index DIR --text TEXT [--facts JSON] [--top 10] [--exhaustive] …``."""
    parser = subparsers.add_parser("query", help="who may serve this need, and why 一条需求找供给")
    parser.add_argument("--index", type=Path, required=True, metavar="DIR")
    parser.add_argument("--text", required=True, metavar="TEXT", help="the need in words")
    parser.add_argument("--facts", default="", metavar="JSON", help='{"kinds": ["lab"], "place": "440604", …}')
    parser.add_argument("--top", type=positive, default=10, metavar="N")
    parser.add_argument("--exhaustive", action="store_true", help="look at every posting")
    parser.add_argument("--weights", default="", metavar="JSON", help='which parts count: {"lexical": 1, "meaning": 1}')
    parser.add_argument("--per-owner", type=positive, default=3, metavar="N", help="at most so many of one firm")
    parser.add_argument("--as-of", type=day, default=None, metavar="DATE", help="day of the question, default today")
    parser.add_argument("--why-not", default="", metavar="ID", help="tell why this offer is not in the list")
    parser.add_argument("--explain", action="store_true", help="with --json: also near misses, held back, bound")
    parser.add_argument("--json", action="store_true", help='[{"id", "score", "parts", "words", "missing", …}]')
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Ask. 0 answered, also with nothing found; 2 no usable need or index."""
    need, asking = need_of(args.text, args.facts), _asking(args)
    from feidi.engines.affinity.index import Index  # noqa: PLC0415 - numpy, only once it is needed

    index = Index.open(args.index)
    if args.why_not:
        return _why_not(args, index.why_not(need, args.why_not, asking))
    result = index.query(need, asking)
    if args.json:
        put_json(_whole(result) if args.explain else [_candidate(each) for each in result.candidates])
    else:
        _put(result)
    return 0


def need_of(text: str, facts: str) -> Need:
    """Return the need of the command line. Refused: facts that are no JSON object, or cannot be read."""
    from feidi.engines.affinity.model import Need  # noqa: PLC0415
    from feidi.portals.cli.matching.facts_json import facts_of  # noqa: PLC0415

    given = _object(facts, "match.facts_json") if facts else {}
    findings: list[Finding] = []
    read = facts_of({k: v for k, v in given.items() if k not in _OF_THE_NEED}, "--facts", None, findings)
    if findings:
        raise refuse("match.file_faulty", *findings, file="--facts", n=len(findings))
    allowed = given.get("allowed")
    return Need(
        text=text,
        facts=read,
        owner=str(given.get("owner") or ""),
        blocked=frozenset(map(str, given.get("blocked") or ())),
        allowed=None if allowed is None else frozenset(map(str, allowed)),
    )


def _object(text: str, code: str) -> Mapping[str, Any]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise refuse(code, why=str(error)[:80]) from error
    if not isinstance(value, dict):
        raise refuse(code, why=type(value).__name__)
    return value


def _asking(args: argparse.Namespace) -> Asking:
    from feidi.engines.affinity.model import Asking, Weights  # noqa: PLC0415

    weights = weights_of(args.weights) if args.weights else Weights()
    return Asking(
        top=args.top,
        weights=weights,
        on=args.as_of or today(),
        exhaustive=args.exhaustive,
        per_owner=args.per_owner,
    )


def weights_of(text: str) -> Weights:
    """Return the weights of a JSON object. Refused: no object, no numbers, an unknown part, all zero."""
    from feidi.engines.affinity.model import Weights  # noqa: PLC0415

    given = _object(text, "match.weights_json")
    for part, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refuse("match.weights_json", why=f"{part}: {value!r}"[:80])
    return Weights.of(given)


def _candidate(each: Candidate) -> dict[str, Any]:
    return {
        "id": each.id,
        "owner": each.owner,
        "score": round(each.score, 9),
        "parts": {part: round(share, 9) for part, share in each.parts.items()},
        "words": [word.text for word in each.words],
        "shares": {word.text: round(word.share, _DIGITS) for word in each.words},
        "sentence": each.sentence,
        "holds": [held.check for held in each.holds],
        "missing": list(each.missing),
        "state": each.state.value,
    }


def _whole(result: Result) -> dict[str, Any]:
    return {
        "candidates": [_candidate(each) for each in result.candidates],
        "near_misses": [_near_miss(each) for each in result.near_misses],
        "held_back": [{"owner": each.owner, "ids": list(each.ids)} for each in result.held_back],
        "bound": round(result.bound, _DIGITS),
        "looked_at": result.looked_at,
    }


def _near_miss(each: NearMiss) -> dict[str, Any]:
    return {
        "id": each.id,
        "owner": each.owner,
        "score": round(each.score, 9),
        "sentence": each.sentence,
        "failed": _held(each.failed),
        "missing": list(each.missing),
    }


def _held(held: Held | None) -> dict[str, Any] | None:
    if held is None:
        return None
    change = held.change
    return {
        "check": held.check,
        "verdict": held.verdict.value,
        "needed": held.needed,
        "actual": held.actual,
        "change": None if change is None else {"side": change.side, "fact": change.fact, "to": change.to},
    }


def _put(result: Result) -> None:
    for place, each in enumerate(result.candidates, 1):
        split = "  ".join(f"{name_of(f'match.part.{part}')} {share:.3f}" for part, share in each.parts.items())
        put(f"{place}. {each.id}  {each.score:.3f}  {split}")
        put(f"   “{each.sentence}”　{'、'.join(word.text for word in each.words)}")
        if each.missing:
            put(f"   问清后可判断：{names_of('match.fact', each.missing)}")
    if not result.candidates:
        put("没有找到合适的供给。")
    for back in result.held_back:
        put(f"同一单位未列出：{back.owner}　{'、'.join(back.ids)}")
    for near in result.near_misses:
        put(f"差一项：{near.id}　{_failed(near.failed)}")


def _failed(held: Held) -> str:
    change = f"；改为 {held.change.to} 即可" if held.change else ""
    return f"{name_of(f'match.check.{held.check}')}：需要 {held.needed}，实际 {held.actual}{change}"


def _why_not(args: argparse.Namespace, why: Any) -> int:
    if args.json:
        put_json(
            {
                "id": args.why_not,
                "reason": why.reason,
                "failed": _held(why.failed),
                "others": [_held(each) for each in why.others],
                "missing": list(why.missing),
                "score": why.score,
                "needed": why.needed,
            }
        )
    elif why.failed is not None:
        for held in (why.failed, *why.others):
            put(_failed(held))
    else:
        text = name_of(f"match.why.{why.reason}")
        put(text.replace("{score}", f"{why.score:.3f}" if why.score is not None else "")
            .replace("{needed}", f"{why.needed:.3f}" if why.needed is not None else ""))  # fmt: skip
    return 0
