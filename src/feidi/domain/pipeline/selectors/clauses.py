"""The clause lint: sentences where a benefit stands near a condition that fair-competition rules forbid.

Phrases are content; the lint points, people decide. 指引，非法律意见.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from feidi.domain.parties.models import Place
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import ClauseDecision
from feidi.domain.pipeline.models import Agreement, ClauseReview, Project
from feidi.kernel.access import Actor
from feidi.kernel.content.library import library

CLAUSES = "enclave/clauses.yaml"
_ENDS = "。；;!！?？"
_LONGEST = 500
_BROKEN = re.compile(r"[\s\u3000]+")


@dataclass(frozen=True, slots=True)
class ClauseRule:
    """One condition that is pointed at when a benefit stands near it, with why and by which rule."""

    code: str
    label_zh: str
    label_en: str
    patterns: tuple[re.Pattern[str], ...]
    unless: tuple[str, ...]
    why_zh: str
    why_en: str
    source_zh: str
    source_en: str


@dataclass(frozen=True, slots=True)
class ClauseRules:
    """Everything that a place points at. ``within``: how many characters a benefit may lie from a condition."""

    sha256: str
    notice_zh: str
    notice_en: str
    within: int
    benefits: tuple[str, ...]
    rules: tuple[ClauseRule, ...]

    def rule(self, code: str) -> ClauseRule | None:
        """Return the rule of a code, None when the place no longer has it."""
        return next((each for each in self.rules if each.code == code), None)


@dataclass(frozen=True, slots=True)
class Hit:
    """One sentence that a rule points at. ``start``: its place in the text; ``marks``: what to highlight in it."""

    rule: str
    excerpt: str
    start: int
    marks: tuple[str, ...]

    @property
    def sha256(self) -> str:
        """The digest by which the same sentence is known again."""
        return sha256(_BROKEN.sub("", self.excerpt).encode()).hexdigest()


_KNOWN: dict[str, ClauseRules] = {}


def clause_rules(home: Place) -> ClauseRules | None:
    """Return the phrases in force for a home place (nearest wins), None when none are published."""
    parsed = library().find(home.code, CLAUSES, on=None)
    if parsed is None:
        return None
    if parsed.sha256 not in _KNOWN:  # content is immutable under its hash
        data = parsed.data
        rules = tuple(
            ClauseRule(
                code=raw["code"],
                label_zh=raw["label"]["zh"],
                label_en=raw["label"]["en"],
                patterns=tuple(re.compile(each) for each in raw["patterns"]),
                unless=tuple(raw["unless"]),
                why_zh=raw["why"]["zh"],
                why_en=raw["why"]["en"],
                source_zh=raw["source"]["zh"],
                source_en=raw["source"]["en"],
            )
            for raw in data["rules"]
        )
        notice = data["notice"]
        _KNOWN[parsed.sha256] = ClauseRules(
            parsed.sha256, notice["zh"], notice["en"], data["within"], tuple(data["benefits"]), rules
        )
    return _KNOWN[parsed.sha256]


def lint(text: str, rules: ClauseRules) -> list[Hit]:
    """Return every sentence of ``text`` that a rule points at, in order; each rule once per sentence.

    Line breaks within a sentence (as PDFs have them) do not hide a phrase. Pure.
    """
    flat, places = _flattened(text)
    found: dict[tuple[str, int], Hit] = {}
    for rule in rules.rules:
        for pattern in rule.patterns:
            for match in pattern.finditer(flat):
                begin, end = _sentence(flat, match.start(), match.end())
                sentence = flat[begin:end]
                near = flat[max(0, match.start() - rules.within) : match.end() + rules.within]
                benefit = next((each for each in rules.benefits if each in near), "")
                if not benefit or any(each in sentence for each in rule.unless) or (rule.code, begin) in found:
                    continue
                excerpt = sentence.strip()[:_LONGEST]
                marks = (match.group(), *((benefit,) if benefit in excerpt else ()))
                found[rule.code, begin] = Hit(rule.code, excerpt, places[begin] if begin < len(places) else 0, marks)
    return sorted(found.values(), key=lambda hit: (hit.start, hit.rule))


def _flattened(text: str) -> tuple[str, list[int]]:
    """Return the text without white space, and for each character left its place in the text as written."""
    kept = [(at, each) for at, each in enumerate(text) if not each.isspace()]
    return "".join(each for _at, each in kept), [at for at, _each in kept]


def _sentence(flat: str, start: int, end: int) -> tuple[int, int]:
    begin = max((flat.rfind(each, 0, start) for each in _ENDS), default=-1) + 1
    ends = [place for place in (flat.find(each, end) for each in _ENDS) if place >= 0]
    return begin, min(ends) + 1 if ends else len(flat)


class ReviewState(StrEnum):
    """How far an existing agreement is with its review."""

    NO_TEXT = "no_text"
    OPEN = "open"
    TO_AMEND = "to_amend"
    DECIDED = "decided"
    CLEAN = "clean"


def agreements_visible_to(actor: Actor, rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Narrow agreements to those of projects that the actor sees as outpost or home side."""
    return rows.filter(project__in=visible_in_office(actor, Project.objects.filter(voided_at__isnull=True)))


def get_agreement(actor: Actor, uid: str) -> Agreement:
    """Return one agreement that the actor may open; raises ``Agreement.DoesNotExist`` for every other."""
    rows = Agreement.objects.select_related("project__outpost__home", "project__owner", "scan")
    return agreements_visible_to(actor, rows).get(uid=uid)


def get_review(actor: Actor, uid: str) -> ClauseReview:
    """Return one review that the actor may open; raises ``ClauseReview.DoesNotExist`` for every other."""
    rows = ClauseReview.objects.select_related("agreement__project__outpost__home")
    return rows.filter(agreement__in=agreements_visible_to(actor, Agreement.objects.all())).get(uid=uid)


def list_reviewed(actor: Actor, *, state: str = "", outpost_id: int | None = None) -> QuerySet[Agreement]:
    """Return the 存量协议排查表: every live agreement with the counts of its hits (``hits``, ``open_hits``, ``to_amend``)."""
    rows = agreements_visible_to(actor, Agreement.objects.filter(voided_at__isnull=True)).annotate(
        hits=Count("clause_reviews"),
        open_hits=Count("clause_reviews", filter=Q(clause_reviews__decision=ClauseDecision.OPEN)),
        to_amend=Count("clause_reviews", filter=Q(clause_reviews__decision=ClauseDecision.TO_AMEND)),
    )
    if outpost_id:
        rows = rows.filter(project__outpost_id=outpost_id)
    some = {"hits__gt": 0, "open_hits": 0}
    asked: dict[str, Q] = {
        ReviewState.NO_TEXT: Q(clause_text=""),
        ReviewState.OPEN: Q(open_hits__gt=0),
        ReviewState.TO_AMEND: Q(to_amend__gt=0, **some),
        ReviewState.DECIDED: Q(to_amend=0, **some),
        ReviewState.CLEAN: ~Q(clause_text="") & Q(hits=0),
    }
    rows = rows.filter(asked[state]) if state in asked else rows
    return rows.select_related("project__outpost").order_by("-signed_on", "-id")


def review_state(agreement: Agreement) -> ReviewState:
    """Return how far a row of ``list_reviewed`` is."""
    hits, opened, amend = (getattr(agreement, name) for name in ("hits", "open_hits", "to_amend"))
    if opened:
        return ReviewState.OPEN
    if hits:
        return ReviewState.TO_AMEND if amend else ReviewState.DECIDED
    return ReviewState.CLEAN if agreement.clause_text else ReviewState.NO_TEXT


def with_open_hits(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """Narrow agreements to those with a sentence that nobody has decided on."""
    opened = ClauseReview.objects.filter(agreement=OuterRef("pk"), decision=ClauseDecision.OPEN)
    return rows.filter(Exists(opened))
