"""Yearly re-verification: which landings are due, what townships answered, and retention (K18) computed from it.

An answer that nobody has given, or that is too old, is *not known* and stands apart; it is never counted as gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from django.db.models import Count, Prefetch, Q, QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import VIEW_REPORTED, visible_in_office
from feidi.domain.pipeline.enums import ConditionCode, LandingState, RecheckAnswer
from feidi.domain.pipeline.models import LandingCase, LandingRecheck, Project, ProjectCondition, RecheckRound
from feidi.domain.pipeline.selectors.landing import landing_content
from feidi.domain.space.selectors.head_leases import months_before
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.content.library import library

RECHECKS = "enclave/rechecks.yaml"
RECHECK, OUTPOST_VIEW = "landing.recheck", "project.view"
_YEAR = 12
_LEFT = (ConditionCode.RELOCATED, ConditionCode.DEREGISTERED)


@dataclass(frozen=True, slots=True)
class RecheckRules:
    """How a place re-verifies: for how many years, how long a link holds, how long an answer counts."""

    years: int
    link_days: int
    fresh_months: int
    confirmed: bool
    question_zh: str
    question_en: str
    not_counted: frozenset[str]


def recheck_rules(outpost: Outpost) -> RecheckRules:
    """Return the rules of the outpost's home; five years and 30 days where nothing is published."""
    parsed = library().find(outpost.home.code, RECHECKS, on=None)
    if parsed is None:
        return RecheckRules(5, 30, 15, confirmed=False, question_zh="", question_en="", not_counted=frozenset())
    data = parsed.data
    return RecheckRules(
        data["years"],
        data["link_days"],
        data["fresh_months"],
        confirmed=data["confirmed"],
        question_zh=data["question"]["zh"],
        question_en=data["question"]["en"],
        not_counted=frozenset(data["not_counted"]),
    )


def anniversary(day: date, years: int) -> date:
    """Return the same day ``years`` later; 29 February becomes the 28th where there is none."""
    return months_before(day, -_YEAR * years)


def rechecks_visible_to(actor: Actor, rows: QuerySet[LandingRecheck]) -> QuerySet[LandingRecheck]:
    """Narrow yearly rows to those of projects that the actor sees as outpost or home side."""
    projects = visible_in_office(actor, Project.objects.filter(voided_at__isnull=True))
    return rows.filter(case__project__in=projects)


def rounds_visible_to(actor: Actor, rows: QuerySet[RecheckRound]) -> QuerySet[RecheckRound]:
    """Narrow rounds to those of outposts whose projects, or reported projects, the actor sees."""
    outposts, homes = actor.scopes(OUTPOST_VIEW, ScopeKind.OUTPOST), actor.scopes(VIEW_REPORTED, ScopeKind.HOME)
    return rows.filter(Q(outpost_id__in=outposts) | Q(outpost__home_id__in=homes))


def get_recheck(actor: Actor, uid: str) -> LandingRecheck:
    """Return one yearly row that the actor may open; raises ``LandingRecheck.DoesNotExist`` for every other."""
    rows = LandingRecheck.objects.select_related("case__project__outpost__home", "round")
    return rechecks_visible_to(actor, rows).get(uid=uid)


def get_round(actor: Actor, uid: str) -> RecheckRound:
    """Return one round that the actor may open; raises ``RecheckRound.DoesNotExist`` for every other."""
    return rounds_visible_to(actor, RecheckRound.objects.select_related("outpost__home")).get(uid=uid)


def rows_of_round(round_: RecheckRound) -> QuerySet[LandingRecheck]:
    """Return what a round asks, landings still verified only, by name."""
    rows = LandingRecheck.objects.filter(round=round_, case__state=LandingState.VERIFIED)
    return rows.select_related("case__project__outpost").order_by("case__home_entity", "id")


def name_of(case: LandingCase) -> str:
    """Return the firm of a landing: the home entity, else the project's name."""
    return case.home_entity or case.project.name


def address_of(case: LandingCase) -> str:
    """Return the address that was stated for a landing, "" when none was."""
    return str((case.signals or {}).get("address") or "")


class Due(StrEnum):
    """What is to be done about a yearly row on a day."""

    LATER = "later"
    TO_ASK = "to_ask"
    ASKED = "asked"
    TO_CONFIRM = "to_confirm"
    CONFIRMED = "confirmed"
    SUGGEST_REVOKE = "suggest_revoke"


def due_state(row: LandingRecheck, today: date) -> Due:
    """Return what is to be done about ``row``; one confirmed as gone asks for the verification to be revoked."""
    if row.confirmed:
        gone = row.confirmed == RecheckAnswer.GONE and row.case.state == LandingState.VERIFIED
        return Due.SUGGEST_REVOKE if gone else Due.CONFIRMED
    if row.answer:
        return Due.TO_CONFIRM
    if row.round_id is not None:
        return Due.ASKED
    return Due.TO_ASK if row.due_on <= today else Due.LATER


@dataclass(frozen=True, slots=True)
class RecheckFilter:
    """What the list shows. Empty means "any"; ``show`` is a ``Due`` or "due" (everything not confirmed and due)."""

    words: str = ""
    year: int | None = None
    show: str = ""
    township: str = ""
    outpost_id: int | None = None


def list_rechecks(actor: Actor, wanted: RecheckFilter, today: date) -> QuerySet[LandingRecheck]:
    """Return the yearly rows of landings that still stand (or were asked about), soonest due first."""
    rows = rechecks_visible_to(actor, LandingRecheck.objects.all())
    rows = rows.filter(Q(case__state=LandingState.VERIFIED) | ~Q(confirmed=""))
    if words := wanted.words.strip():
        rows = rows.filter(Q(case__home_entity__icontains=words) | Q(case__project__name__icontains=words))
    if wanted.year:
        rows = rows.filter(due_on__year=wanted.year)
    if wanted.township.strip():
        rows = rows.filter(round__township__icontains=wanted.township.strip())
    if wanted.outpost_id:
        rows = rows.filter(case__project__outpost_id=wanted.outpost_id)
    opened = Q(confirmed="")
    gone = Q(confirmed=RecheckAnswer.GONE, case__state=LandingState.VERIFIED)
    asked = {
        "due": opened & Q(due_on__lte=today),
        Due.TO_ASK: opened & Q(answer="", round__isnull=True, due_on__lte=today),
        Due.ASKED: opened & Q(answer="", round__isnull=False),
        Due.TO_CONFIRM: opened & ~Q(answer=""),
        Due.CONFIRMED: ~Q(confirmed="") & ~gone,
        Due.SUGGEST_REVOKE: gone,
        Due.LATER: opened & Q(answer="", round__isnull=True, due_on__gt=today),
    }
    rows = rows.filter(asked[wanted.show]) if wanted.show in asked else rows
    return rows.select_related("case__project__outpost", "round").order_by("due_on", "id")


def askable(outpost: Outpost, year: int) -> QuerySet[LandingRecheck]:
    """Return the rows of an outpost due in ``year`` that no live round asks about and nobody has confirmed."""
    rows = _not_asked(outpost).filter(due_on__year=year)
    return rows.select_related("case__project").order_by("case__home_entity", "id")


def years_to_ask(outpost: Outpost, today: date) -> list[tuple[int, int]]:
    """Return the years in which something fell due that nobody was asked about, each with how many, the oldest first."""
    due = _not_asked(outpost).filter(due_on__lte=today).order_by()
    return list(due.values_list("due_on__year").annotate(n=Count("id")).order_by("due_on__year"))


def _not_asked(outpost: Outpost) -> QuerySet[LandingRecheck]:
    return LandingRecheck.objects.filter(
        case__project__outpost=outpost,
        case__project__voided_at__isnull=True,
        case__state=LandingState.VERIFIED,
        confirmed="",
    ).filter(Q(round__isnull=True) | Q(round__revoked_at__isnull=False))


def list_rounds(actor: Actor) -> QuerySet[RecheckRound]:
    """Return the rounds that the actor may open, newest first, with their rows."""
    rows = Prefetch("rows", queryset=LandingRecheck.objects.select_related("case"))
    return (
        rounds_visible_to(actor, RecheckRound.objects.all())
        .select_related("outpost")
        .prefetch_related(rows)
        .order_by("-year", "-id")
    )


def token_digest(token: str) -> str:
    """Return what is kept of a link's token."""
    return sha256(token.encode()).hexdigest()


def round_of_token(token: str, now: datetime) -> RecheckRound:
    """Return the open round of a link. Refused alike: unknown, expired, revoked."""
    today = now.astimezone(SHANGHAI).date()
    found = (
        RecheckRound.objects.filter(token_sha256=token_digest(token), revoked_at__isnull=True, expires_on__gte=today)
        .select_related("outpost__home")
        .first()
    )
    if found is None:
        raise refuse("pipeline.recheck_link_closed")
    return found


class Kept(StrEnum):
    """Whether a landing is still there on the day asked."""

    THERE = "there"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RetentionRow:
    """One landing of the denominator: how it stands, since when that is known, and by what."""

    case: LandingCase
    kept: Kept
    known_on: date | None
    n: int | None


@dataclass(frozen=True, slots=True)
class Retention:
    """K18 on a day: landings verified at least 12 months before, and of these the ones confirmed as still there.

    ``unknown`` (no answer, 不清楚, or too old) is part of the denominator and reported apart: the true rate lies
    between numerator / denominator and (numerator + unknown) / denominator.
    """

    as_of: date
    numerator: int
    denominator: int
    unknown: int
    rows: tuple[RetentionRow, ...]


def retention(outpost: Outpost, as_of: date) -> Retention:
    """Compute K18 of an outpost on a day, from what was known then. Four queries.

    A landing revoked by then counts as gone, unless its reason is one that content leaves out (材料不实, 核验有误:
    it never was a landing). Relocated and deregistered projects count as gone from the day of the condition.
    """
    rules = recheck_rules(outpost)
    cases = (
        LandingCase.objects.filter(
            project__outpost=outpost,
            project__voided_at__isnull=True,
            verified_on__isnull=False,
            verified_on__lte=months_before(as_of, _YEAR),
            state__in=[LandingState.VERIFIED, LandingState.REVOKED],
        )
        .select_related("project")
        .prefetch_related(Prefetch("rechecks", queryset=LandingRecheck.objects.order_by("n")))
        .order_by("verified_on", "id")
    )
    left_out = _labels_not_counted(outpost, rules)
    counted = [each for each in cases if not _never_was(each, left_out)]
    left = _left_on(counted, as_of)
    fresh_from = months_before(as_of, rules.fresh_months)
    rows = tuple(_retained(each, as_of, fresh_from, left.get(each.project_id)) for each in counted)
    there = sum(1 for row in rows if row.kept is Kept.THERE)
    unknown = sum(1 for row in rows if row.kept is Kept.UNKNOWN)
    return Retention(as_of, there, len(rows), unknown, rows)


def _labels_not_counted(outpost: Outpost, rules: RecheckRules) -> tuple[str, ...]:
    reasons = landing_content(outpost).data["revocation"]["reasons"]
    return tuple(text for raw in reasons if raw["code"] in rules.not_counted for text in raw["label"].values())


def _never_was(case: LandingCase, left_out: tuple[str, ...]) -> bool:
    return case.state == LandingState.REVOKED and case.revoke_reason.startswith(left_out)


def _left_on(cases: Iterable[LandingCase], as_of: date) -> dict[int, date]:
    """Return the day on which each project is known to have moved away or been struck off, as of ``as_of``."""
    rows = ProjectCondition.objects.filter(
        project_id__in=[each.project_id for each in cases], code__in=_LEFT, since__lte=as_of, voided_at__isnull=True
    ).filter(Q(ended_on__isnull=True) | Q(ended_on__gt=as_of))
    return dict(rows.order_by("-since").values_list("project_id", "since"))


def _retained(case: LandingCase, as_of: date, fresh_from: date, left: date | None) -> RetentionRow:
    if left is not None:
        return RetentionRow(case, Kept.GONE, left, None)
    revoked = case.revoked_at.astimezone(SHANGHAI).date() if case.revoked_at else None
    if revoked is not None and revoked <= as_of:
        return RetentionRow(case, Kept.GONE, revoked, None)
    answers = [each for each in case.rechecks.all() if each.confirmed_on and each.confirmed_on <= as_of]
    latest = max(answers, key=lambda each: (each.confirmed_on or date.min, each.n), default=None)
    if latest is None or latest.confirmed == RecheckAnswer.UNCLEAR:
        return RetentionRow(case, Kept.UNKNOWN, None, latest.n if latest else None)
    if latest.confirmed == RecheckAnswer.GONE:
        return RetentionRow(case, Kept.GONE, latest.confirmed_on, latest.n)
    fresh = latest.confirmed_on is not None and latest.confirmed_on >= fresh_from
    return RetentionRow(case, Kept.THERE if fresh else Kept.UNKNOWN, latest.confirmed_on, latest.n)
