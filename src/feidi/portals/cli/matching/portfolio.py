"""``feidi match portfolio``: which candidates to foster so that at least so many land, and what would do if none will."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from feidi.engines.findings import refuse
from feidi.engines.money import Money
from feidi.portals.cli.matching.telling import (
    answered,
    finding_json,
    line_of,
    number,
    put,
    put_json,
    status_of,
    whole,
)

if TYPE_CHECKING:
    from feidi.engines.portfolio import Candidate, Chance, CurvePoint, Limits, Portfolio
    from feidi.portals.cli.matching.tables import Cells, Reading

#: Field → how its column may be called; the first name is shown when it is missing.
COLUMNS: Final[Mapping[str, Sequence[str]]] = {
    "id": ("项目", "候选", "项目名称", "名称", "id", "project"),
    "chance": ("落地概率", "概率", "把握", "p", "chance"),
    "lo": ("概率下限", "下限", "lo"),
    "hi": ("概率上限", "上限", "hi"),
    "successes": ("落地数", "成功数", "successes"),
    "cases": ("案例数", "cases"),
    "area": ("面积", "area"),
    "cost": ("资金", "费用", "投入", "cost"),
    "sector": ("行业", "赛道", "产业", "sector"),
}


def add_to(subparsers: Any) -> None:
    """``portfolio CANDIDATES.csv --at-least 3 --confidence 0.9 [--area ㎡] [--budget AMOUNT] [--at-most N] …``."""
    parser = subparsers.add_parser("portfolio", help="which projects to foster 遴选")
    parser.add_argument(
        "candidates", type=Path, metavar="CANDIDATES", help="项目, 落地概率 or 落地数+案例数, 面积, 资金, 行业"
    )
    parser.add_argument("--at-least", type=whole, required=True, metavar="L", help="so many are to land")
    parser.add_argument("--confidence", type=number, required=True, metavar="P", help="with this probability, as 0.9")
    parser.add_argument("--area", type=number, default=None, metavar="㎡", help="space in all")
    parser.add_argument("--budget", default=None, metavar="AMOUNT", help="money in all, as 300万元")
    parser.add_argument("--at-most", type=whole, default=None, metavar="N", help="so many chosen at most")
    parser.add_argument("--sector", action="append", default=[], metavar="NAME=N", help="at most so many of a sector")
    parser.add_argument("--curves", action="store_true", help="also P(≥ L) by number and by area")
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Choose. 0 answered, also when the aim cannot be met; 1 nothing could be judged, or refused; 2 unusable table."""
    return answered(args, _answer)


def _answer(args: argparse.Namespace) -> int:
    from feidi.engines.portfolio import Aim, choose, curve_by_area, curve_by_number  # noqa: PLC0415 - numpy, late

    candidates = candidates_of(args.candidates)
    aim, limits = Aim(args.at_least, args.confidence), _limits(args)
    found = choose(candidates, aim, limits)
    curves = {}
    if args.curves:
        curves = {
            "by_number": curve_by_number(candidates, aim, limits),
            "by_area": curve_by_area(candidates, aim, limits),
        }
    if args.json:
        put_json(told(found, curves))
    else:
        put(_lines(found, curves))
    return status_of(found.findings)


def _limits(args: argparse.Namespace) -> Limits:
    from feidi.engines.portfolio import Limits  # noqa: PLC0415 - with its caller

    sectors = {}
    for text in args.sector:
        name, _sign, most = text.rpartition("=")
        if not name or not most.isdigit():
            raise refuse("portfolio.sector_words", text=text)
        sectors[name] = int(most)
    return Limits(args.area, _budget(args.budget), sectors, args.at_most)


def _budget(text: str | None) -> Money | None:
    from feidi.engines.sheets import parse_money  # noqa: PLC0415 - with its caller

    if text is None:
        return None
    amount = parse_money(text, unit_hint="元", currency_hint="CNY")[0].exact
    if amount is None:
        raise refuse("portfolio.budget_words", text=text)
    return amount


def candidates_of(path: Path) -> list[Candidate]:
    """Return the candidates of a table; an empty cell is not known. Refused with every fault and its row."""
    from feidi.portals.cli.matching.tables import Reading, read_rows  # noqa: PLC0415 - with its caller

    reading = Reading("portfolio")
    rows = list(reading.rows(read_rows(path, "portfolio.file_unreadable", units=True), COLUMNS, ("id",)))
    found = [_candidate(reading, cells) for cells in rows]
    if reading.findings:
        raise refuse("portfolio.file_faulty", *reading.findings, file=path.name, n=len(reading.findings))
    return found


def _candidate(reading: Reading, cells: Cells) -> Candidate:
    from feidi.engines.portfolio import Candidate  # noqa: PLC0415 - with its caller

    if not cells.text("id"):
        reading.put("id_missing", cells.row, None)
    return Candidate(
        cells.text("id"),
        _chance(reading, cells),
        _area(reading, cells),
        _cost(reading, cells),
        cells.text("sector") or None,
    )


def _chance(reading: Reading, cells: Cells) -> Chance | None:
    from feidi.engines.portfolio import chance_given, chance_of  # noqa: PLC0415 - with its caller

    successes, cases = (_whole(reading, cells, name) for name in ("successes", "cases"))
    if successes is not None and cases:
        if successes > cases:
            reading.put("cases_wrong", cells.row, cells.heads["cases"].written, successes=successes, cases=cases)
            return None
        return chance_of(successes, cases)
    p, lo, hi = (_share(reading, cells, name) for name in ("chance", "lo", "hi"))
    return None if p is None else chance_given(p, lo, hi)


def _share(reading: Reading, cells: Cells, name: str) -> float | None:
    """Return 0..1 of 0.35 or 35%."""
    text = cells.text(name)
    if not text:
        return None
    percent = text.endswith(("%", "％"))
    try:
        value = float(text.rstrip("%％")) / (100 if percent else 1)
    except ValueError:
        reading.wrong(cells, name)
        return None
    if not 0 <= value <= 1:
        reading.wrong(cells, name)
        return None
    return value


def _whole(reading: Reading, cells: Cells, name: str) -> int | None:
    text = cells.text(name)
    if not text:
        return None
    if not text.isdecimal():
        reading.wrong(cells, name)
        return None
    return int(text)


def _area(reading: Reading, cells: Cells) -> float | None:
    from feidi.engines.sheets import parse_area  # noqa: PLC0415 - with its caller

    text = cells.text("area")
    if not text:
        return None
    found = parse_area(text, unit_hint=cells.heads["area"].unit or "㎡")[0].square_metres
    if found is None:
        reading.wrong(cells, "area")
        return None
    return float(found)


def _cost(reading: Reading, cells: Cells) -> Money | None:
    from feidi.engines.sheets import parse_money  # noqa: PLC0415 - with its caller

    text = cells.text("cost")
    if not text:
        return None
    found = parse_money(text, unit_hint=cells.heads["cost"].unit or "元", currency_hint="CNY")[0].exact
    if found is None:
        reading.wrong(cells, "cost")
    return found


def told(found: Portfolio, curves: Mapping[str, Sequence[CurvePoint]]) -> dict[str, Any]:
    """Return a choice as JSON."""
    answer = {
        "met": found.met,
        "proved": found.proved,
        "solver": found.solver.value,
        "at_least": found.aim.at_least,
        "confidence": found.aim.confidence,
        "chosen": list(found.chosen),
        "expected": found.expected,
        "probability": found.probability,
        "probability_lo": found.probability_lo,
        "probability_hi": found.probability_hi,
        "distribution": list(found.distribution),
        "area": found.area,
        "cost_fen": found.cost.fen if found.cost else None,
        "currency": found.cost.currency if found.cost else None,
        "asks": [{"id": each.id, "fact": each.fact} for each in found.asks],
        "remedies": [finding_json(each) for each in found.remedies],
        "findings": [finding_json(each) for each in found.findings],
    }
    return answer | {name: [_point(each) for each in points] for name, points in curves.items()}


def _point(point: CurvePoint) -> dict[str, Any]:
    return {
        "limit": point.limit,
        "probability": point.probability,
        "probability_lo": point.probability_lo,
        "probability_hi": point.probability_hi,
        "expected": point.expected,
        "chosen": list(point.chosen),
        "proved": point.proved,
    }


_FACTS: Final = {
    "chance": "落地概率",
    "area": "面积",
    "cost": "资金",
    "sector": "行业",
    "exchange_rate": "汇率",
    "currency": "币种",
}


def _lines(found: Portfolio, curves: Mapping[str, Sequence[CurvePoint]]) -> Iterator[str]:
    aim = f"至少落地 {found.aim.at_least} 个、把握 {found.aim.confidence:.0%}"
    yield f"{aim}：{'可以做到' if found.met else '做不到，下面是概率最高的选法'}"
    yield f"选 {len(found.chosen)} 个：{'、'.join(found.chosen) or '—'}"
    yield f"至少落地 {found.aim.at_least} 个的概率 {found.probability:.1%}（{_range(found)}），预期落地 {found.expected:.2f} 个"
    spent = [] if found.area is None else [f"面积 {found.area:,.1f} ㎡"]
    spent += [f"资金 {found.cost.units:,.2f} {found.cost.currency}"] if found.cost else []
    yield from ["　".join(spent)] if spent else []
    yield from (line_of(each) for each in (*found.findings, *found.remedies))
    yield from (f"问清后可判断：{each.id} 的{_FACTS[each.fact]}" for each in found.asks)
    for name, points in curves.items():
        yield {"by_number": "最多选几个：", "by_area": "面积（㎡）："}[name]
        yield from (f"  {point.limit:g}　{point.probability:.1%}" for point in points)


def _range(found: Portfolio) -> str:
    if found.probability_lo is None or found.probability_hi is None:
        return "没有区间"
    return f"各项目概率都取低端 {found.probability_lo:.1%}，都取高端 {found.probability_hi:.1%}"
