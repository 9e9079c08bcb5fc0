"""What the figures of an outpost mean, as agreed: versions of 口径确认单, and whether today's definitions are the signed ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import override

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.selectors.submissions import submission_content
from feidi.domain.reporting.access import visible_to
from feidi.domain.reporting.figure_texts import window_text
from feidi.domain.reporting.models import DefinitionSheet
from feidi.engines.findings import refuse
from feidi.engines.measures import INDICATORS, Definition
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import SignedCopy

KIND = "reporting.definitions"
CONVENTIONS = (
    "期间含首日和末日，按北京时间；以事项发生日计，不以录入日计。",
    "一个项目在每一阶段只计一次，以首次进入为准；作废、重复、合并的项目不计。",
    "分母为零写“无数据”，不写成零；观察期未满的比率不给；期初（台账填报）与强制推进单列，不进转化率。",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """The newest version of an outpost, the version that holds by signature, and what today differs from that one.

    ``changed``: codes whose definition is not the one signed; all of them where nothing was signed.
    """

    newest: DefinitionSheet | None
    signed: DefinitionSheet | None
    signed_on: date | None
    changed: frozenset[str]


def definitions_today() -> list[dict[str, str]]:
    """Return the definition of every figure in the words of the paper."""
    with override("zh-hans"):  # papers are Chinese
        return [_said(each) for each in INDICATORS.values()]


def _said(each: Definition) -> dict[str, str]:
    return {
        "code": each.code,
        "label": each.label.zh,
        "formula": each.formula.zh,
        "numerator": each.numerator.zh,
        "denominator": each.denominator.zh if each.denominator else "",
        "window": window_text(each),
        "source": each.source,
    }


def list_sheets(actor: Actor) -> QuerySet[DefinitionSheet]:
    """Return the versions that the actor may read, newest first."""
    rows = visible_to(actor, DefinitionSheet.objects.select_related("outpost__home"))
    return rows.order_by("outpost__code", "-revision")


def get_sheet(actor: Actor, uid: str) -> DefinitionSheet:
    """Return one version that the actor may read; raises ``DefinitionSheet.DoesNotExist`` for every other."""
    return visible_to(actor, DefinitionSheet.objects.select_related("outpost__home")).get(uid=uid)


def latest_sheet(outpost: Outpost) -> DefinitionSheet | None:
    """Return the newest version of an outpost."""
    return DefinitionSheet.objects.filter(outpost=outpost).order_by("-revision").first()


def signed_days(sheets: Sequence[DefinitionSheet]) -> dict[str, date]:
    """Return uid → day of the last live signature, of those that were signed. One query."""
    copies = SignedCopy.objects.filter(
        form__subject_kind=KIND, form__subject_uid__in=[each.uid for each in sheets], voided_at__isnull=True
    )
    return dict(copies.order_by("signed_on", "id").values_list("form__subject_uid", "signed_on"))


def standing_of(outpost: Outpost) -> Standing:
    """Return how far the definitions of an outpost are agreed."""
    sheets = list(DefinitionSheet.objects.filter(outpost=outpost).order_by("-revision"))
    days = signed_days(sheets)
    signed = next((each for each in sheets if each.uid in days), None)
    changed = changes_between(signed.definitions if signed else [], definitions_today())
    return Standing(sheets[0] if sheets else None, signed, days.get(signed.uid) if signed else None, changed)


def changes_between(before: Sequence[dict[str, str]], after: Sequence[dict[str, str]]) -> frozenset[str]:
    """Return the codes whose definition is not the same on both sides; ``source`` says nothing of the meaning."""
    meant = [{each["code"]: {**each, "source": ""} for each in side} for side in (before, after)]
    return frozenset(code for code in {*meant[0], *meant[1]} if meant[0].get(code) != meant[1].get(code))


def sheet_title(sheet: DefinitionSheet) -> str:
    """Return the title of the paper, as the home calls it."""
    content = submission_content(sheet.outpost).data.get("definitions_form")
    title: str = content["title"]["zh"] if content else "统计口径确认单"
    return f"{title}（第 {sheet.revision} 版）"


def sheet_data(sheet: DefinitionSheet) -> dict[str, Any]:
    """Return what the paper says: every figure with its definition, the conventions, the hands."""
    content = submission_content(sheet.outpost).data.get("definitions_form")
    if content is None:
        raise refuse("reporting.definitions_no_form", home=sheet.outpost.home.name_zh)
    rows = [
        [each["label"], "；".join(part for part in (each["formula"], each["window"]) if part), each["source"]]
        for each in sheet.definitions
    ]
    facts = [("驻点", sheet.outpost.name), ("版本", f"第 {sheet.revision} 版"), ("指标", f"{len(rows)} 项")]
    if sheet.note:
        facts.append(("说明", sheet.note))
    return {
        "facts": [{"label": label, "value": value} for label, value in facts],
        "words": [content["words"], *CONVENTIONS],
        "tables": [{"title": "一、指标与口径", "columns": ["指标", "口径", "依据"], "rows": rows}],
        "chain": [{"hand": hand["label"]["zh"], "seal": bool(hand["seal"])} for hand in content["chain"]],
    }
