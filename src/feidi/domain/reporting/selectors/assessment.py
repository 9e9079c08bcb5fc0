"""Questions about the operator's yearly assessment: indicators, the value of each with its rows, totals, corrections."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from feidi.domain.pipeline.models import Project
from feidi.domain.reporting.enums import SheetState
from feidi.domain.reporting.figure_texts import value_text
from feidi.domain.reporting.models import AssessmentSheet, Indicator, IndicatorScore, OperatingContract
from feidi.domain.reporting.selectors.contracts import figure_of, unit_cost
from feidi.engines.measures import DEFINITIONS
from feidi.kernel.money.display import format_money

UNIT_COST = "K31"
#: Weights and scores are hundredths of a point.
WHOLE = 10_000
NOT_APPLICABLE = "n/a"


@dataclass(frozen=True, slots=True)
class Value:
    """A value in words, and the uids of the projects behind it."""

    text: str
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums of a sheet in hundredths of a point; None while an item has no score."""

    weight: int
    self_score: int | None
    score: int | None
    deduction: int

    @property
    def result(self) -> int | None:
        """The client's score less deductions, not below zero."""
        return None if self.score is None else max(0, self.score - self.deduction)


def measures_known() -> tuple[str, ...]:
    """Return the codes that may fill an indicator's value: the definition table, and K31 单位成本."""
    return (*DEFINITIONS, UNIT_COST)


def indicators_of(contract: OperatingContract, year: int) -> list[Indicator]:
    """Return the live indicators of a year in their order."""
    return list(contract.indicators.filter(year=year, voided_at__isnull=True).order_by("position", "id"))


def value_of(indicator: Indicator, as_of: date) -> Value | None:
    """Return what the figures say of an indicator on a day, None when it is stated by hand. Its contract is loaded."""
    if not indicator.measure:
        return None
    contract = indicator.contract
    if indicator.measure == UNIT_COST:
        found = unit_cost(contract, indicator.year, as_of)
        text = (
            NOT_APPLICABLE
            if found.value is None
            else format_money(round(found.value), contract.currency, reading=False)
        )
        return Value(text, _uids(found.landings))
    figure = figure_of(contract, indicator.measure, indicator.year, as_of)
    return Value(value_text(figure), _uids(figure.hits))


def _uids(keys: Sequence[int]) -> tuple[str, ...]:
    return tuple(Project.objects.filter(pk__in=list(keys)).order_by("code").values_list("uid", flat=True))


def find_sheet(contract: OperatingContract, year: int) -> AssessmentSheet | None:
    """Return the sheet of a year, None before it was opened."""
    return contract.sheets.filter(year=year).select_related("contract__outpost__home", "contract__operator").first()


def scores_of(sheet: AssessmentSheet) -> list[IndicatorScore]:
    """Return the items of a sheet in the order of their indicators."""
    return list(sheet.scores.select_related("indicator").order_by("indicator__position", "indicator_id"))


def totals_of(scores: Sequence[IndicatorScore]) -> Totals:
    """Return the sums of a sheet."""
    own = [each.self_score for each in scores]
    given = [each.score for each in scores]
    return Totals(
        weight=sum(each.indicator.weight for each in scores),
        self_score=None if None in own or not own else sum(each or 0 for each in own),
        score=None if None in given or not given else sum(each or 0 for each in given),
        deduction=sum(each.deduction for each in scores),
    )


def points(hundredths: int | None) -> str:
    """Return points as they are written.

    >>> points(9550), points(3000), points(None)
    ('95.5', '30', '—')
    """
    if hundredths is None:
        return "—"
    return f"{hundredths / 100:.2f}".rstrip("0").rstrip(".")


def result_data(sheet: AssessmentSheet) -> dict[str, Any]:
    """Return what the 绩效结果单 says: facts, every item with both scores, totals, opinion, corrections, two seals."""
    contract, scores = sheet.contract, scores_of(sheet)
    total = totals_of(scores)
    proposed = "—" if sheet.proposed_fen is None else format_money(sheet.proposed_fen, contract.currency, reading=False)
    facts = (
        ("协议", f"{contract.number} {contract.title}"),
        ("主办单位", contract.client),
        ("运营单位", contract.operator.name),
        ("考核年度", str(sheet.year)),
        ("数据截至", sheet.as_of.isoformat() if sheet.as_of else "—"),
        ("自评总分", points(total.self_score)),
        ("主办方评分", points(total.score)),
        ("扣分", points(total.deduction)),
        ("考核得分", points(total.result)),
        ("付款意见", sheet.payment_opinion or "—"),
        ("建议付款", proposed),
    )
    tables = [
        {
            "title": f"一、指标（{len(scores)} 项）",
            "columns": ["指标", "权重", "完成值", "自评", "评分", "扣分", "说明"],
            "rows": [_line(each) for each in scores],
        }
    ]
    corrections = list(sheet.corrections.select_related("indicator").order_by("id"))
    if corrections:
        tables.append(
            {
                "title": f"二、定稿后的更正（{len(corrections)} 处）",
                "columns": ["指标", "内容", "原为", "更正为", "理由"],
                "rows": [
                    [each.indicator.label if each.indicator else "—", each.what, each.before, each.after, each.reason]
                    for each in corrections
                ],
            }
        )
    return {
        "facts": [{"label": label, "value": value} for label, value in facts],
        "tables": tables,
        "chain": [{"hand": "运营单位负责人", "seal": True}, {"hand": "主办单位负责人", "seal": True}],
    }


def _line(each: IndicatorScore) -> list[str]:
    notes = [each.score_note, each.deduction_note, f"有异议：{each.dispute_note}" if each.disputed else ""]
    return [
        each.indicator.label,
        points(each.indicator.weight),
        each.value or "—",
        points(each.self_score),
        points(each.score),
        points(each.deduction),
        "；".join(note for note in notes if note),
    ]


def content_hash(sheet: AssessmentSheet) -> str:
    """Return the SHA-256 of what a sheet says, without its corrections: equal as long as nobody touched it."""
    data = result_data(sheet)
    rows = [
        [each.indicator.uid, each.value, each.rows, each.self_score, each.score, each.deduction]
        for each in scores_of(sheet)
    ]
    text = json.dumps([data["facts"], data["tables"][0], rows], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def still_as_frozen(sheet: AssessmentSheet) -> bool:
    """Tell whether a frozen sheet still says what was frozen."""
    return sheet.state != SheetState.FROZEN or content_hash(sheet) == sheet.sha256
