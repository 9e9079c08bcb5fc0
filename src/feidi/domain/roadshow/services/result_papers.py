"""结果单 on paper: rule, ranking, every score, the hash; signed by the panel. Papers are Chinese."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import today_of
from feidi.domain.roadshow.models import Seal
from feidi.domain.roadshow.roadshow_access import EDIT
from feidi.domain.roadshow.roadshow_enums import ScoreMethod
from feidi.domain.roadshow.roadshow_kinds import SEAL
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.kernel.access import Actor
from feidi.kernel.documents.models import PrintedForm
from feidi.kernel.documents.selectors import list_signed_copies
from feidi.kernel.documents.services.printing import print_form
from feidi.kernel.subjects import Subject

RESULT_TITLE: Final = "路演评审结果单"
RULE_WORDS: Final = {ScoreMethod.MEAN: "各评委总分的平均", ScoreMethod.TRIMMED: "去一个最高分、一个最低分后平均"}
_TIES: Final = {"median": "中位数", "highest": "最高分", "spread": "最高与最低之差（小者在前）"}
Json = dict[str, Any]


def print_result(*, actor: Actor, now: datetime, seal: Seal) -> PrintedForm:
    """Print the sealed result for the hands that content names; printed again it is the same words, another print."""
    require(actor, EDIT, outpost_scope(seal.round.roadshow.outpost_id))
    form, _pdf = print_form(
        actor=actor,
        now=now,
        subject=Subject(SEAL, seal.uid),
        form="statement",
        title=RESULT_TITLE,
        data=result_of(seal),
    )
    return form


def is_signed(seal: Seal) -> bool:
    """Tell whether the result sheet came back signed."""
    return list_signed_copies(Subject(SEAL, seal.uid), "statement").exists()


def result_of(seal: Seal) -> Json:
    """Return what the result sheet says."""
    document = seal.document
    rule = document["rule"]
    judges = list(dict.fromkeys((each["judge"], each["judge_name"]) for each in document["scores"]))
    return {
        "facts": [
            {"label": "路演", "value": f"{document['roadshow']['number']} {document['roadshow']['title']}"},
            {"label": "轮次", "value": document["round"]["name"]},
            {
                "label": "计分规则",
                "value": f"{RULE_WORDS[ScoreMethod(rule['method'])]}，保留 {rule['decimals']} 位小数",
            },
            {"label": "同分", "value": ties_words(rule)},
            {"label": "封存", "value": f"{today_of(seal.sealed_at)}　{seal.sealed_by}"},
            {"label": "结果哈希", "value": " ".join(seal.sha256[at : at + 8] for at in range(0, 64, 8))},
        ],
        "words": ["结果以本单签字为准。与项目有任职、投资、亲属、师生等关系的评委已回避，不计分。"],
        "tables": [_ranking(document), _scores(document, judges), *_recusals(document)],
        "chain": _chain(seal, [name for _uid, name in judges]),
    }


def ties_words(rule: Json) -> str:
    """Return the rule for ties in words."""
    labels = {each["code"]: each["zh"] for each in rule["criteria"]}
    parts = []
    for each in rule["ties"]:
        code = each.removeprefix("criterion:")
        parts.append(_TIES.get(each) or f"“{labels.get(code, code)}”得分")
    return f"依次比较{'、'.join(parts)}；仍相同的并列" if parts else "并列"


def _ranking(document: Json) -> Json:
    grouped = any(each["group"] for each in document["ranking"])
    rows = [
        [
            *([each["group"]] if grouped else []),
            f"{each['rank']}{'（并列）' if each['shared'] else ''}",
            each["name"],
            each["score"],
            "晋级" if each["advances"] else "",
        ]
        for each in document["ranking"]
    ]
    return {"title": "名次", "columns": [*(["组别"] if grouped else []), "名次", "项目", "得分", "晋级"], "rows": rows}


def _scores(document: Json, judges: list[tuple[str, str]]) -> Json:
    given = {(each["entry"], each["judge"]): each["total"] for each in document["scores"]}
    rows = [
        [each["name"], *(_shown(given.get((each["entry"], uid))) for uid, _name in judges)]
        for each in document["ranking"]
    ]
    return {"title": "各评委总分", "columns": ["项目", *(name for _uid, name in judges)], "rows": rows}


def _recusals(document: Json) -> list[Json]:
    names = {each["entry"]: each["name"] for each in document["ranking"]}
    rows = [[each["judge_name"], names.get(each["entry"], ""), each["reason"]] for each in document["recusals"]]
    return [{"title": "回避", "columns": ["评委", "项目", "原因"], "rows": rows}] if rows else []


def _shown(total: int | None) -> str:
    return "—" if total is None else f"{total / 100:.2f}"


def _chain(seal: Seal, judges: list[str]) -> list[Json]:
    lines = []
    for each in roadshow_rules(seal.round.roadshow.outpost).chain:
        if each.hands == 0:
            lines += [{"hand": f"{each.label} {name}", "seal": False} for name in judges]
        else:
            lines += [{"hand": each.label, "seal": each.seal} for _n in range(each.hands)]
    return lines
