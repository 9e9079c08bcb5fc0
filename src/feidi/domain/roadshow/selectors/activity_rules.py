"""What a place says of activities: kinds, questions, consent, days of keeping. Content, nearest place wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from feidi.domain.parties.models import Outpost
from feidi.domain.roadshow.enums import QuestionKind
from feidi.kernel.content.library import library

RULES: Final = "enclave/activities.yaml"


@dataclass(frozen=True, slots=True)
class Said:
    """A text in both languages."""

    zh: str
    en: str

    def in_language(self, language: str | None) -> str:
        """Return the text in a language: English where it is asked for and there is one."""
        return self.en if language == "en" and self.en else self.zh


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a registration form."""

    code: str
    kind: QuestionKind
    label: Said
    required: bool
    choices: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of activity; ``occasions``: who is asked afterwards (``event``: who came, ``absent``: who did not)."""

    code: str
    label: Said
    occasions: tuple[str, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class ActivityRules:
    """The rules of a home place. ``confirmed`` False: a proposal that the place has not taken up."""

    source: str
    confirmed: bool
    erase_after_days: int
    check_in_opens_hours: int
    consent_version: str
    consent: Said
    kinds: tuple[Kind, ...]

    def kind(self, code: str) -> Kind | None:
        """Return one kind, None when content does not know it (any more)."""
        return next((each for each in self.kinds if each.code == code), None)

    @property
    def consent_sha256(self) -> str:
        """The digest of the Chinese text, which is what somebody agrees to."""
        return sha256(self.consent.zh.encode()).hexdigest()


_KNOWN: dict[str, ActivityRules] = {}


def activity_rules(outpost: Outpost) -> ActivityRules:
    """Return the rules in force for an outpost's home (``outpost.home`` is needed)."""
    parsed = library().read(outpost.home.code, RULES, on=None)
    if parsed.sha256 not in _KNOWN:
        # content is immutable under its hash, so one reading per process is enough
        _KNOWN[parsed.sha256] = _read(parsed.data)
    return _KNOWN[parsed.sha256]


def read_questions(raw: Any) -> tuple[Question, ...]:
    """Return questions as content and ``Activity.questions`` write them."""
    return tuple(
        Question(
            code=each["code"],
            kind=QuestionKind(each["kind"]),
            label=_said(each["label"]),
            required=bool(each["required"]),
            choices={code: _said(label) for code, label in (each.get("choices") or {}).items()},
        )
        for each in raw
    )


def write_questions(questions: tuple[Question, ...]) -> list[dict[str, Any]]:
    """Return questions as ``Activity.questions`` keeps them."""
    return [
        {
            "code": each.code,
            "kind": str(each.kind),
            "label": {"zh": each.label.zh, "en": each.label.en},
            "required": each.required,
            "choices": {code: {"zh": said.zh, "en": said.en} for code, said in each.choices.items()},
        }
        for each in questions
    ]


def _read(data: Mapping[str, Any]) -> ActivityRules:
    days = data["erase_after_days"]
    text = data["consent"]["text"]
    return ActivityRules(
        source=data["source"],
        confirmed=data["confirmed"],
        erase_after_days=days,
        check_in_opens_hours=data["check_in_opens_hours"],
        consent_version=data["consent"]["version"],
        consent=Said(text["zh"].replace("{days}", str(days)), text["en"].replace("{days}", str(days))),
        kinds=tuple(
            Kind(each["code"], _said(each["label"]), tuple(each["occasions"]), read_questions(each["questions"]))
            for each in data["kinds"]
        ),
    )


def _said(raw: Mapping[str, str]) -> Said:
    return Said(raw["zh"], raw["en"])
