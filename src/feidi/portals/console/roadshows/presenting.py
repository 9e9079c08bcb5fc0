"""How roadshows read on pages: rows of the list, a round's entries with their judges, the table of phases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.models import Assignment, Entry, Recusal, Roadshow, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_enums import RoundPhase, ScoreMethod, SheetState
from feidi.domain.roadshow.selectors.roadshow_rules import roadshow_rules
from feidi.domain.roadshow.selectors.roadshow_sight import FIELDS
from feidi.domain.roadshow.services.scoring import shown
from feidi.portals.console.words import say_pair
from feidi.portals.ui.pieces import Badge, Column, Row, Tone

COLUMNS = [
    Column("number", gettext_lazy("编号"), sortable=True, lead=True),
    Column("title", gettext_lazy("名称"), sortable=True),
    Column("held_on", gettext_lazy("日期"), sortable=True),
    Column("rounds", gettext_lazy("轮次")),
    Column("entered", gettext_lazy("项目"), numeric=True),
    Column("judged_by", gettext_lazy("评委"), numeric=True),
    Column("outpost", gettext_lazy("驻点"), shown=False),
]
_LOAD = re.compile(r"共读 (\d+) 个")
_TONES: dict[str, Tone] = {
    RoundPhase.PREPARING: "quiet",
    RoundPhase.DECLARING: "info",
    RoundPhase.READING: "info",
    RoundPhase.SCORING: "warn",
    RoundPhase.CLOSED: "warn",
    RoundPhase.SEALED: "ok",
}
SHEETS: dict[str, tuple[Any, Tone]] = {
    "": (gettext_lazy("未打"), "quiet"),
    SheetState.DRAFT: (gettext_lazy("草稿"), "warn"),
    SheetState.LOCKED: (gettext_lazy("已锁定"), "ok"),
    SheetState.SET_ASIDE: (gettext_lazy("回避，不计"), "quiet"),
}


def phase_badge(row: Round) -> Badge:
    """Return where a round stands."""
    return Badge(RoundPhase(row.phase).label, _TONES[row.phase])


def rows_of(shows: Sequence[Roadshow]) -> list[Row]:
    """Return shows (of ``list_shows``) as list rows."""
    return [
        Row(
            cells={
                "number": each.number,
                "title": say_pair(each.title_zh, each.title_en),
                "held_on": each.held_on,
                "rounds": "、".join(f"{row.name}（{RoundPhase(row.phase).label}）" for row in each.live_rounds),  # type: ignore[attr-defined]
                "entered": each.entered,  # type: ignore[attr-defined]
                "judged_by": each.judged_by,  # type: ignore[attr-defined]
                "outpost": each.outpost.short_name,
            },
            url=reverse("console:roadshows:show_view", args=[each.uid]),
            uid=each.uid,
        )
        for each in shows
    ]


def rule_pairs(row: Round) -> list[tuple[str, Any]]:
    """Return a round's written rule in words."""
    criteria = _("、").join(f"{say_pair(each['zh'], each['en'])} {each['points']}" for each in row.criteria)
    return [
        (
            _("时间"),
            _("路演 {pitch} 分钟，问答 {questions} 分钟").format(
                pitch=row.pitch_minutes, questions=row.question_minutes
            ),
        ),
        (_("每个项目几位评委"), row.judges_needed),
        (_("计分"), method_said(row.method, row.decimals)),
        (_("评分项"), criteria),
        (_("同分"), ties_said(row.criteria, row.ties)),
        (_("晋级"), _("每组前 {n} 名").format(n=row.advance) if row.advance else _("不晋级")),
    ]


def method_said(method: str, decimals: int) -> str:
    """Return how a round is reckoned, in the reader's language."""
    words = _("{method}，保留 {n} 位小数")
    return words.format(method=ScoreMethod(method).label, n=decimals)


def ties_said(criteria: Sequence[Any], ties: Sequence[str]) -> str:
    """Return the rule for ties in the reader's language; papers say it in Chinese (``ties_words``)."""
    labels = {f"criterion:{each['code']}": say_pair(each["zh"], each.get("en", "")) for each in criteria}
    known = {"median": _("中位数"), "highest": _("最高分"), "spread": _("最高与最低之差（小者在前）")}
    parts = [known.get(each) or _("“{label}”得分").format(label=labels.get(each, each)) for each in ties]
    if not parts:
        return _("并列")
    return _("依次比较：{parts}；仍相同的并列").format(parts=_("、").join(parts))


def seal_pairs(seal: Seal) -> list[tuple[str, Any]]:
    """Return what a sealed result says of itself, in the reader's language; the paper says the same in Chinese."""
    document, row = seal.document, seal.round
    rule = document["rule"]
    return [
        (_("路演"), f"{document['roadshow']['number']} {document['roadshow']['title']}"),
        (_("轮次"), document["round"]["name"]),
        (_("计分"), method_said(rule["method"], rule["decimals"])),
        (_("同分"), ties_said(row.criteria, rule["ties"])),
        (_("封存"), f"{seal.sealed_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}　{seal.sealed_by}"),
        (_("结果哈希"), " ".join(seal.sha256[at : at + 8] for at in range(0, 64, 8))),
    ]


def entries_of(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """Return a round's entries with their seats, sheets and recusals. Three queries for all of them."""
    seats = _by_entry(Assignment.objects.filter(entry__in=entries, voided_at__isnull=True).select_related("judge"))
    aside = _by_entry(Recusal.objects.filter(entry__in=entries, voided_at__isnull=True).select_related("judge"))
    sheets = {(each.judge_id, each.entry_id): each for each in Sheet.objects.filter(entry__in=entries)}
    return [
        {
            "row": each,
            "seats": [_seat(seat, sheets.get((seat.judge_id, each.pk))) for seat in seats.get(each.pk, [])],
            "aside": aside.get(each.pk, []),
        }
        for each in entries
    ]


def _by_entry(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for each in rows.order_by("id"):
        found.setdefault(each.entry_id, []).append(each)
    return found


def _seat(seat: Assignment, sheet: Sheet | None) -> dict[str, Any]:
    words, tone = SHEETS[sheet.state if sheet else ""]
    total = shown(sheet.total) if sheet else ""
    return {"row": seat, "sheet": sheet, "badge": Badge(words, tone), "total": total, "why": _why(seat)}


def _why(seat: Assignment) -> str:
    """Return how a seat came about, in the reader's language; a reason written by hand stays as it was written."""
    if seat.by_hand:
        return _("手工：{reason}").format(reason=seat.why.removeprefix("手工："))
    load = _LOAD.search(seat.why)
    parts = [_("专业相符")] if seat.expert else []
    parts += [_("共读 {n} 个").format(n=load[1])] if load else []
    return _("；").join(parts)


def sight_table(row: Round) -> list[dict[str, Any]]:
    """Return who sees what in which phase, by content; teams read their letter after sealing."""
    rules = roadshow_rules(row.roadshow.outpost)
    labels = {code: str(label) for code, (label, _attribute) in FIELDS.items()} | {"scores": _("名次和得分")}
    hidden = _("什么也看不到")
    return [
        {
            "label": phase.label,
            "here": phase == row.phase,
            "judge": _and(labels, rules.sight(phase).judge) or hidden,
            "stage": _and(labels, rules.sight(phase).stage) or hidden,
            "team": _("自己的反馈函（核定后）") if phase == RoundPhase.SEALED else hidden,
        }
        for phase in RoundPhase
    ]


def _and(labels: dict[str, str], codes: Sequence[str]) -> str:
    return "、".join(labels[code] for code in codes)
