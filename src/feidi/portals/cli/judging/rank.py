"""``feidi judging rank``: the official order by the written rule, or the corrected one with its doubt."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feidi.portals.cli.matching.telling import answered, finding_json, line_of, put, put_json, status_of, whole

if TYPE_CHECKING:
    from feidi.engines.judging import Agreement, Corrected, Difference, Result, Rule, Score

METHODS: Final = ("mean", "trimmed", "additive")


def add_to(subparsers: Any) -> None:
    """``rank SCORES.csv --method mean|trimmed|additive [--official mean|trimmed] [--ties RULE] … [--json]``."""
    parser = subparsers.add_parser("rank", help="scores into an order 评分排名")
    parser.add_argument("scores", type=Path, metavar="SCORES", help="项目, 评委, and 总分 or one column a criterion")
    parser.add_argument("--method", choices=METHODS, required=True)
    parser.add_argument(
        "--official", choices=METHODS[:2], default="mean", help="additive: what it is held against, default mean"
    )
    parser.add_argument("--judges", type=whole, default=None, metavar="N", help="so many must have scored each project")
    parser.add_argument("--advance", type=whole, default=None, metavar="N", help="so many go on")
    parser.add_argument("--decimals", type=whole, default=2, metavar="N", help="of the result, default 2")
    parser.add_argument("--out-of", type=_most, default=Decimal(100), metavar="MAX", help="the full score, default 100")
    parser.add_argument(
        "--ties", action="append", default=[], metavar="RULE", help="criterion:NAME, median, highest, spread; in order"
    )
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Rank. 0 done; 1 refused (too few to trim, no correction possible) or a tie left; 2 a table that cannot be used."""
    return answered(args, _answer)


def _answer(args: argparse.Namespace) -> int:
    from feidi.engines.judging import Method, Rule, agreement, correct, differences, official  # noqa: PLC0415 - numpy
    from feidi.portals.cli.judging.scores import scores_of  # noqa: PLC0415

    scores = scores_of(args.scores, args.out_of)
    method = Method(args.official if args.method == "additive" else args.method)
    rule = Rule(method, args.judges, args.decimals, tuple(args.ties))
    result = official(scores, rule)
    if args.method != "additive":
        agreed = agreement(scores)
        _put(args, told(result, rule, agreed), lambda: _lines(result, scores, agreed))
        return status_of(result.findings)
    found = correct(scores)
    agreed, moved = agreement(scores, found), differences(result, found, advance=args.advance)
    _put(args, told_corrected(found, moved, result, agreed), lambda: _corrected_lines(found, moved, agreed))
    return 0


def _put(args: argparse.Namespace, value: Any, lines: Any) -> None:
    if args.json:
        put_json(value)
    else:
        put(lines())


def _most(text: str) -> Decimal:
    try:
        value = Decimal(text)
    except InvalidOperation as error:
        raise argparse.ArgumentTypeError(text) from error
    if not value.is_finite() or value <= 0:
        message = f"{text} <= 0"
        raise argparse.ArgumentTypeError(message)
    return value


def told(result: Result, rule: Rule, agreed: Agreement) -> dict[str, Any]:
    """Return an official result as JSON; a score is text, as it is printed."""
    return {
        "method": rule.method.value,
        "projects": [
            {
                "project": each.project,
                "rank": each.rank,
                "score": str(each.score),
                "judges": each.judges,
                "shared": each.shared,
                "decided_by": each.decided_by,
            }
            for each in result.places
        ],
        "agreement": _agreed(agreed),
        "findings": [finding_json(each) for each in result.findings],
    }


def told_corrected(
    found: Corrected, moved: tuple[Difference, ...], result: Result, agreed: Agreement
) -> dict[str, Any]:
    """Return a corrected order as JSON, with where it differs from the official one and why."""
    ranks = {each.project: each.rank for each in result.places}
    return {
        "method": "additive",
        "projects": [
            {
                "project": each.project,
                "rank": each.rank,
                "score": round(each.score, 4),
                "error": round(each.error, 4),
                "mean": round(each.mean, 4),
                "official_rank": ranks[each.project],
                "judges": list(each.judges),
            }
            for each in found.places
        ],
        "judges": [
            {
                "judge": each.judge,
                "effect": round(each.effect, 4),
                "error": round(each.error, 4),
                "projects": each.reads,
                "told": each.told,
            }
            for each in found.judges
        ],
        "residual": round(found.residual, 4),
        "freedom": found.freedom,
        "agreement": _agreed(agreed),
        "differs": [
            {
                "project": each.project,
                "official": each.official,
                "corrected": each.corrected,
                "shift": round(each.shift, 4),
                "error": round(each.error, 4),
                "told": each.told,
                "crosses": each.crosses,
                "reasons": [finding_json(reason) for reason in each.reasons],
            }
            for each in moved
        ],
    }


def _agreed(agreed: Agreement) -> dict[str, float | None]:
    values = {
        "alpha": agreed.alpha,
        "alpha_corrected": agreed.alpha_corrected,
        "concordance": agreed.concordance,
    }
    return {name: None if value is None else round(value, 4) for name, value in values.items()}


def _lines(result: Result, scores: list[Score], agreed: Agreement) -> Iterator[str]:
    for each in result.places:
        mark = "　并列" if each.shared else f"　同分，按 {each.decided_by} 分先后" if each.decided_by else ""
        yield f"{each.rank:3} {each.score:>8}  {each.project}（{each.judges} 位评委）{mark}"
    yield f"{len(result.places)} 个项目，{len({each.judge for each in scores})} 位评委{_spoken(agreed)}"
    yield from map(line_of, result.findings)


def _corrected_lines(found: Corrected, moved: tuple[Difference, ...], agreed: Agreement) -> Iterator[str]:
    yield "校正评委宽严后的名次（内部参考，正式结果按书面规则）"
    for each in found.places:
        yield f"{each.rank:3} {each.score:8.2f} ± {found.sure * each.error:.2f}  {each.project}（平均 {each.mean:.2f}）"
    for judge in found.judges:
        word = ("偏宽" if judge.effect > 0 else "偏严") if judge.told else "看不出宽严"
        yield f"评委 {judge.judge}：{judge.effect:+.2f} ± {found.sure * judge.error:.2f}，{word}（{judge.reads} 个项目）"
    for one in moved:
        yield f"{one.project}：{' '.join(line_of(reason).removeprefix('· ') for reason in one.reasons)}"
    yield f"残差 {found.residual:.2f}，自由度 {found.freedom}{_spoken(agreed)}"


def _spoken(agreed: Agreement) -> str:
    named = {"一致性 α": agreed.alpha, "去掉宽严后": agreed.alpha_corrected, "Kendall W": agreed.concordance}
    return "".join(f"，{name} {value:.2f}" for name, value in named.items() if value is not None)
