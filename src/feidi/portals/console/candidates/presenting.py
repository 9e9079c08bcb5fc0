"""From rankings and kept lists to what the pages draw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.matching.enums import DeclineReason, ListState, ProfileKind, Side, Verdict
from feidi.domain.matching.models import CandidateList, CandidateRow, Profile
from feidi.domain.matching.selectors.candidate_words import (
    PART_WORDS,
    ask_for,
    change_words,
    failed_words,
    held_words,
    marked,
)
from feidi.domain.matching.selectors.ranking import Found, Near
from feidi.domain.matching.services.candidates import held_values, near_values
from feidi.engines.affinity import PARTS, State
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.pieces import Badge, Column, Row, Tone

STATE_TONES: Mapping[str, Tone] = {ListState.SHOWN: "warn", ListState.CHECKED: "info", ListState.SENT: "ok"}
VERDICT_TONES: Mapping[str, Tone] = {
    Verdict.NONE: "quiet",
    Verdict.ACCEPTED: "ok",
    Verdict.DECLINED: "warn",
    Verdict.LATER: "info",
}
COLUMNS = [
    Column("profile", gettext_lazy("需求或供给"), lead=True),
    Column("number", gettext_lazy("编号"), sortable=True),
    Column("kind", gettext_lazy("种类")),
    Column("state", gettext_lazy("状态"), sortable=True),
    Column("made_at", gettext_lazy("生成时间"), sortable=True),
    Column("rows", gettext_lazy("候选"), numeric=True),
    Column("picked", gettext_lazy("选中"), numeric=True),
    Column("answered", gettext_lazy("已答复"), numeric=True),
    Column("accepted", gettext_lazy("愿意见"), numeric=True),
    Column("sent_to", gettext_lazy("发给")),
    Column("officer", gettext_lazy("服务专员"), shown=False),
    Column("made_by", gettext_lazy("生成人"), shown=False),
    Column("checked_by", gettext_lazy("核对人"), shown=False),
    Column("weights", gettext_lazy("份额版本"), numeric=True, shown=False),
]
SORTS = {"number": "profile__number", "state": "state", "made_at": "made_at"}
ANSWER_COLUMNS = [
    Column("number", gettext_lazy("编号"), lead=True),
    Column("kind", gettext_lazy("种类")),
    Column("position", gettext_lazy("名次"), sortable=True, numeric=True),
    Column("candidate", gettext_lazy("候选")),
    Column("verdict", gettext_lazy("答复"), sortable=True),
    Column("reason", gettext_lazy("原因")),
    Column("answered_at", gettext_lazy("答复时间"), sortable=True),
    Column("answered_by", gettext_lazy("谁记的"), shown=False),
]
ANSWER_SORTS = {"position": "position", "verdict": "verdict", "answered_at": "answered_at"}
_CHAT_SENTENCE, _CHAT_NOTE, _CHAT_ASK = 36, 26, 14


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a score: its share, and where its piece of the bar lies (in hundredths of the whole)."""

    code: str
    label: str
    share: str
    at: str
    width: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A candidate as the pages draw it. ``pieces``: the sentence that matched, its shared words marked."""

    position: int
    profile: Profile
    kind: str
    owner: str
    score: str
    parts: Sequence[Part]
    pieces: Sequence[tuple[str, bool]]
    words: str
    holds: Sequence[str]
    ask: str
    badge: Badge
    row: CandidateRow | None = None
    verdict: Badge | None = None
    reason: str = ""
    marks: Sequence[Badge] = field(default=())


def owner_words(profile: Profile) -> str:
    """Return whose a profile is, for the outpost's own people."""
    owner = profile.organization or profile.project or profile.person
    return str(owner.name) if owner else ""


def found_cards(found: Iterable[Found], places: Mapping[str, str]) -> list[Shown]:
    """Return the candidates of a ranking."""
    return [
        _shown(
            at,
            each.profile,
            places,
            score=each.candidate.score,
            parts=each.candidate.parts,
            words=[{"text": word.text, "share": word.share} for word in each.candidate.words],
            sentence=each.candidate.sentence,
            holds=[held_values(one) for one in each.candidate.holds],
            missing=each.candidate.missing,
            certain=each.candidate.state is State.FITS,
        )
        for at, each in enumerate(found, start=1)
    ]


def row_cards(rows: Iterable[CandidateRow], places: Mapping[str, str]) -> list[Shown]:
    """Return the candidates of a kept list, as they were shown."""
    return [
        _shown(
            each.position,
            each.profile,
            places,
            score=each.score,
            parts=each.parts,
            words=each.words,
            sentence=each.sentence,
            holds=each.holds,
            missing=each.missing,
            certain=each.certain,
            row=each,
        )
        for each in rows
    ]


def _shown(
    position: int, profile: Profile, places: Mapping[str, str], *, row: CandidateRow | None = None, **given: Any
) -> Shown:
    badge = Badge(_("已知条件都符合"), "ok") if given["certain"] else Badge(_("可能合适，还有没问清的"), "info")
    changed = row is not None and row.profile_version != profile.version
    return Shown(
        position=position,
        profile=profile,
        kind=str(ProfileKind(profile.kind).label),
        owner=owner_words(profile),
        score=f"{given['score']:.2f}",
        parts=parts_of(given["parts"]),
        pieces=marked(given["sentence"], given["words"]),
        words="、".join(word["text"] for word in given["words"]),
        holds=[held_words(each, places) for each in given["holds"]],
        ask=ask_for(given["missing"]),
        badge=badge,
        row=row,
        verdict=verdict_badge(row) if row else None,
        reason=reason_words(row) if row else "",
        marks=[Badge(_("此后对方有修改"), "warn")] if changed else [],
    )


def parts_of(parts: Mapping[str, float]) -> list[Part]:
    """Return the split of a score, largest first as drawn from the left."""
    drawn, at = [], 0.0
    for code in sorted((part for part in PARTS if parts.get(part)), key=lambda part: -parts[part]):
        width = 100 * parts[code]
        drawn.append(Part(code, str(PART_WORDS[code]), f"{parts[code]:.3f}", f"{at:.2f}", f"{width:.2f}"))
        at += width
    return drawn


def verdict_badge(row: CandidateRow) -> Badge:
    """Return what was said of a candidate."""
    return Badge(Verdict(row.verdict).label, VERDICT_TONES[row.verdict])


def reason_words(row: CandidateRow) -> str:
    """Return why not, and the note that goes with the answer."""
    reason = str(DeclineReason(row.reason).label) if row.reason else ""
    return "：".join(part for part in (reason, row.reason_note) if part)


def near_lines(near: Iterable[Near], places: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the near misses of a ranking: why not, and the smallest change."""
    return [
        {**_near_line(near_values(each), places), "number": each.profile.number, "title": each.profile.title,
         "uid": each.profile.uid}
        for each in near
    ]  # fmt: skip


def kept_near_lines(near: Iterable[Mapping[str, Any]], places: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the near misses of a kept list."""
    return [
        {**_near_line(each, places), "number": each["number"], "title": each["title"], "uid": each["profile"]}
        for each in near
    ]


def _near_line(values: Mapping[str, Any], places: Mapping[str, str]) -> dict[str, Any]:
    return {
        "sentence": values["sentence"],
        "why": failed_words(values, places),
        "change": change_words(values, places),
        "ask": ask_for(values["missing"]),
    }


def weight_lines(weights: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return the weights in words."""
    return [(str(PART_WORDS[part]), weights.get(part, 0)) for part in PARTS if part in weights]


def kept_lines(lists: Iterable[CandidateList]) -> list[dict[str, Any]]:
    """Return lists as lines of a profile's page."""
    return [
        {
            "at": each.made_at,
            "by": each.made_by,
            "badge": state_badge(each),
            "url": reverse("console:candidates:list_view", args=[each.uid]),
        }
        for each in lists
    ]


def state_badge(candidates: CandidateList) -> Badge:
    """Return where a list stands."""
    return Badge(ListState(candidates.state).label, STATE_TONES[candidates.state])


def pairs_of(row: CandidateList) -> list[tuple[str, object]]:
    """Return how a list came about, and where it went."""
    weights = _("内容建议值") if row.weights_number == 0 else _("第 {n} 版").format(n=row.weights_number)
    sent = " · ".join(part for part in (row.sent_to, row.sent_by) if part)
    return [
        (_("生成"), f"{business_date(row.made_at)} {row.made_by}"),
        (_("对方供需"), _("查了 {n} 条").format(n=row.searched)),
        (_("因同一单位太多而没列入"), _("{n} 条").format(n=row.held_back)),
        (_("计分份额"), weights),
        (_("核对"), f"{business_date(row.checked_at)} {row.checked_by}" if row.checked_at else ""),
        (_("发出"), f"{business_date(row.sent_at)} {sent}" if row.sent_at else ""),
        (_("撤回原因"), row.void_reason),
    ]


def rows_of(lists: Sequence[CandidateList]) -> list[Row]:
    """Return lists as rows of the page of lists."""
    return [_list_row(each) for each in lists]


def _list_row(each: Any) -> Row:
    profile = each.profile
    return Row(
        cells={
            "profile": f"{Side(profile.side).label}：{profile.title}",
            "number": profile.number,
            "kind": str(ProfileKind(profile.kind).label),
            "state": str(ListState(each.state).label),
            "made_at": each.made_at,
            "rows": each.n_rows,
            "picked": each.n_picked,
            "answered": each.n_answered,
            "accepted": each.n_accepted,
            "sent_to": each.sent_to,
            "officer": profile.officer.display_name,
            "made_by": each.made_by,
            "checked_by": each.checked_by,
            "weights": each.weights_number,
        },
        url=reverse("console:candidates:list_view", args=[each.uid]),
        uid=each.uid,
    )


def answer_rows(rows: Sequence[CandidateRow]) -> list[Row]:
    """Return answers as rows."""
    return [
        Row(
            cells={
                "number": each.candidate_list.profile.number,
                "kind": str(ProfileKind(each.candidate_list.profile.kind).label),
                "position": each.position,
                "candidate": f"{each.profile.number} {each.profile.title}",
                "verdict": str(Verdict(each.verdict).label),
                "reason": reason_words(each),
                "answered_at": each.answered_at,
                "answered_by": each.answered_by,
            },
            url=reverse("console:candidates:list_view", args=[each.candidate_list.uid]),
            uid=str(each.pk),
        )
        for each in rows
    ]


def paper_lines(cards: Sequence[Shown]) -> list[dict[str, Any]]:
    """Return the chosen candidates for whoever asked: no names, only the sentence, what is open and the officer's note."""
    return [
        {
            "at": at,
            "title": each.profile.title,
            "kind": each.kind,
            "sentence": "".join(piece for piece, _marked in each.pieces),
            "pieces": each.pieces,
            "ask": each.ask,
            "note": each.row.note if each.row else "",
        }
        for at, each in enumerate(cards, start=1)
    ]


def chat_of(candidates: CandidateList, lines: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the lines of a chat message: three candidates fit into 300 characters."""
    found = []
    for each in lines:
        said = [f"{each['at']}. {_cut(each['title'], 18)}", _cut(each["sentence"].rstrip("。；;！!"), _CHAT_SENTENCE)]
        if each["ask"]:
            said.append(_cut(each["ask"], _CHAT_ASK))
        said.append(_("专员：{note}").format(note=_cut(each["note"], _CHAT_NOTE)))
        found.append("；".join(said))
    return [*found, _("回复序号：见、不合适（原因）、以后再说")] if found else []


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
