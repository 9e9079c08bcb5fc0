"""Programme and questions as lines of text: written by people, read with every remark by its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.roadshow.enums import QuestionKind
from feidi.domain.roadshow.models import Activity
from feidi.domain.roadshow.selectors.activity_rules import Question, Said
from feidi.domain.roadshow.services.activities import Item
from feidi.engines.findings import Finding, Level, refuse

_ITEM = re.compile(r"(\d{1,2})[:：](\d{2})\s+(.+)")
_PARTS = re.compile(r"\s*[|｜]\s*")
_CHOICES = re.compile(r"\s*[、,，;；]\s*")
_KINDS = {
    "文字": QuestionKind.TEXT,
    "数字": QuestionKind.NUMBER,
    "是否": QuestionKind.YES_NO,
    "单选": QuestionKind.CHOICE,
}
_WORDS = {kind: word for word, kind in _KINDS.items()}


def items_of(row: Activity, text: str) -> list[Item]:
    """Return the items of a programme: ``14:00 内容｜主讲｜单位``, on the day on which the activity begins (or the next).

    Refused with every line that cannot be read.
    """
    found, wrong = [], []
    day = row.starts_at.astimezone(SHANGHAI).date()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        match = _ITEM.fullmatch(line.strip())
        clock = f"{int(match[1]):02d}:{match[2]}" if match else ""
        try:
            at = datetime.combine(day, datetime.strptime(clock, "%H:%M").time(), SHANGHAI)  # noqa: DTZ007 - of the day
        except ValueError:
            wrong.append(
                Finding(Level.PROBLEM, "roadshow.item_unread", {"row": number, "value": line[:60]}, row=number)
            )
            continue
        topic, speaker, of, *_rest = [*_PARTS.split(match[3]), "", ""] if match else ["", "", ""]
        at = at if at >= row.starts_at else at + timedelta(days=1)
        found.append(Item(at, topic, _known_english(row, topic), speaker, of))
    if wrong:
        raise refuse("roadshow.item_unread", *wrong, **wrong[0].params)
    return found


def lines_of(row: Activity) -> str:
    """Return the programme as lines."""
    return "\n".join(
        f"{each.starts_at.astimezone(SHANGHAI):%H:%M} {'｜'.join(_trimmed(each.topic_zh, each.speaker, each.speaker_of))}"
        for each in row.programme.filter(voided_at__isnull=True).order_by("starts_at", "pk")
    )


def questions_of(text: str, before: Sequence[Question]) -> tuple[Question, ...]:
    """Return the questions of a form: ``*问题｜类型｜选项、选项``. One that was asked before keeps its code and its English.

    Refused: a line without a question, of an unknown kind, a choice of fewer than two, a question twice.
    """
    known = {each.label.zh: each for each in before}
    found: list[Question] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        label, kind, choices, *_rest = [*_PARTS.split(line.strip().removeprefix("*").strip()), "", ""]
        sort = _KINDS.get(kind or "文字")
        options = [each for each in _CHOICES.split(choices) if each]
        twice = any(each.label.zh == label for each in found)
        if not label or sort is None or twice or (sort is QuestionKind.CHOICE and len(set(options)) < 2):  # noqa: PLR2004
            raise refuse("roadshow.question_unread", row=number, value=line[:60])
        found.append(_question(known.get(label), label, sort, options, required=line.strip().startswith("*")))
    codes = {each.code for each in found if each.code}
    return tuple(_coded(each, codes) for each in found)


def question_lines(questions: Sequence[Question]) -> str:
    """Return questions as lines."""
    return "\n".join(
        f"{'*' if each.required else ''}"
        + "｜".join(_trimmed(each.label.zh, _WORDS[each.kind], "、".join(said.zh for said in each.choices.values())))
        for each in questions
    )


def _question(
    old: Question | None, label: str, kind: QuestionKind, options: Sequence[str], *, required: bool
) -> Question:
    texts = {said.zh: (code, said) for code, said in old.choices.items()} if old else {}
    used = {code for code, _said in texts.values()}
    choices: dict[str, Said] = {}
    for option in dict.fromkeys(options if kind is QuestionKind.CHOICE else ()):
        code, said = texts.get(option) or (_fresh("c", {*used, *choices}), Said(option, ""))
        choices[code] = said
    return Question(old.code if old else "", kind, old.label if old else Said(label, ""), required, choices)


def _coded(question: Question, codes: set[str]) -> Question:
    if question.code:
        return question
    code = _fresh("q", codes)
    codes.add(code)
    return Question(code, question.kind, question.label, question.required, question.choices)


def _fresh(letter: str, used: set[str]) -> str:
    return next(code for number in range(1, 1000) if (code := f"{letter}{number}") not in used)


def _trimmed(*parts: str) -> list[str]:
    """Leave out what is empty at the end."""
    kept = list(parts)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def _known_english(row: Activity, topic: str) -> str:
    item = row.programme.filter(topic_zh=topic, voided_at__isnull=True).first()
    return item.topic_en if item else ""
