"""What is known of a project, as the stage engine asks it, and the answer for page and move alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from feidi.domain.parties.selectors.standing import roles_of
from feidi.domain.pipeline.access import scopes_of
from feidi.domain.pipeline.enums import AgreementKind, Counting, PartyRole, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.engines.findings import Finding
from feidi.engines.stages import Answer, Known, Position, evaluate, next_stages
from feidi.kernel.access import Actor
from feidi.kernel.evidence.enums import ItemState
from feidi.kernel.evidence.models import EvidenceItem
from feidi.kernel.subjects import Subject

PROJECT = "pipeline.project"
ROLE_NEEDED = "stages.role_needed"
OPINIONS = (
    "duplicate_checked",
    "committee_minutes",
    "draft_agreement",
    "legal_opinion",
    "finance_opinion",
    "fair_competition_opinion",
    "site_area",
)


def subject_of(project: Project) -> Subject:
    """Return how lower apps speak of this project."""
    return Subject(PROJECT, project.uid)


def position_of(project: Project) -> Position:
    """Return where the project stands on its three tracks."""
    return Position({Track.TALKS: project.talks_stage, Track.HOST: project.host_stage, Track.HOME: project.home_stage})


def known_of(project: Project, actor: Actor | None = None, waived: frozenset[str] = frozenset()) -> Known:
    """Return the facts and counts that guards may ask about. Six queries, whatever the project holds."""
    return Known(
        facts=_facts(project),
        evidence=_evidence(project),
        interactions=_interactions(project),
        agreements=_agreements(project),
        roles=None if actor is None else actor.roles(*scopes_of(project)),
        waived=waived | frozenset(project.gaps.filter(filled_at__isnull=True).values_list("guard", flat=True)),
    )


def explain(
    project: Project,
    *,
    track: str,
    to: str,
    actor: Actor | None = None,
    waived: frozenset[str] = frozenset(),
    force: bool = False,
) -> Answer:
    """Answer whether the project may enter ``to`` on ``track``; page and move ask this one function."""
    answer = evaluate(
        stage_table(project.outpost),
        position_of(project),
        known_of(project, actor, waived),
        track=track,
        to=to,
        force=force,
    )
    return _with_role_names(answer, project)


def explain_next(project: Project, actor: Actor | None = None) -> list[Answer]:
    """Return the answers for every stage that may come next, on every open track (one set of queries)."""
    table, position, known = stage_table(project.outpost), position_of(project), known_of(project, actor)
    return [
        _with_role_names(evaluate(table, position, known, track=track, to=to), project)
        for track in (Track.TALKS.value, Track.HOST.value, Track.HOME.value)
        for to in next_stages(table, position, track)
    ]


def _with_role_names(answer: Answer, project: Project) -> Answer:
    """Say roles by their names: the engine knows only their codes."""
    if not any(reason.code == ROLE_NEEDED for reason in answer.reasons):
        return answer
    labels = {code: role["label"] for code, role in roles_of(project.outpost.home.code).items()}
    reasons = tuple(_role_named(reason, labels) for reason in answer.reasons)
    refusal = None if answer.refusal is None else replace(answer.refusal, reasons=reasons)
    return replace(answer, reasons=reasons, refusal=refusal)


def _role_named(reason: Finding, labels: Mapping[str, Mapping[str, str]]) -> Finding:
    if reason.code != ROLE_NEEDED:
        return reason
    named = [labels[code] for code in str(reason.params["roles"]).split(",") if code in labels]
    said = {"roles_zh": "、".join(each["zh"] for each in named), "roles_en": ", ".join(each["en"] for each in named)}
    return replace(reason, params={**reason.params, **said})


def _yes_or_unknown(value: object) -> bool | None:
    """An empty field is not "no": nobody has said yet."""
    return True if value else None


def _facts(project: Project) -> Mapping[str, bool | None]:
    roles = set(project.parties.filter(until__isnull=True).values_list("role", flat=True))
    opinions: Mapping[str, object] = project.opinions or {}
    facts: dict[str, bool | None] = {
        "name": bool(project.name),
        "source_channel": _yes_or_unknown(project.source_channel),
        "contact": _yes_or_unknown(PartyRole.CONTACT in roles),
        "one_line": _yes_or_unknown(project.one_line or project.core_product),
        "owner": _yes_or_unknown(project.owner_id or project.owner_text),
        "key_facts": _yes_or_unknown(not missing_key_facts(project)),
        "judged_follow": project.judged_follow,
        "feedback_sent": _yes_or_unknown(project.feedback_sent_on),
        "major": project.major,
        "assessment": _yes_or_unknown(project.assessment),
        "landing_plan": _yes_or_unknown(project.landing_plan),
        "home_entity": _yes_or_unknown(PartyRole.HOME_ENTITY in roles),
        "not_already_counted": _not_already_counted(project),
    }
    for key in OPINIONS:
        entry = opinions.get(key)
        facts[key] = bool(entry.get("done")) if isinstance(entry, dict) and "done" in entry else None
    return facts


def missing_key_facts(project: Project) -> list[str]:
    """Return which of the key facts (江门 附件2: 投资主体, 投资内容, 项目效益, 选址要求, 需协调事项) are still open."""
    asked = {
        "投资主体": project.sponsor_name,
        "投资内容": project.one_line or project.core_product,
        "项目效益": project.expected_output_text or project.expected_tax_text,
        "选址要求": project.land_need or project.office_need,
        "需协调事项": project.coordination or project.policy_request,
    }
    return [label for label, value in asked.items() if not value]


def _not_already_counted(project: Project) -> bool | None:
    countings = set(
        project.agreements.filter(
            voided_at__isnull=True, kind__in=[AgreementKind.CONTRACT, AgreementKind.TENANCY]
        ).values_list("counting", flat=True)
    )
    return None if not countings else bool(countings - {Counting.ALREADY})


def _evidence(project: Project) -> Mapping[str, int]:
    """Evidence on file that nobody has returned. Entering a stage is the operator's claim and asks for the
    paper; *verification* asks for accepted evidence (``services.landing``).
    """
    kinds = EvidenceItem.objects.filter(
        requirement__subject_kind=PROJECT,
        requirement__subject_uid=project.uid,
        voided_at__isnull=True,
        state__in=[ItemState.SUBMITTED, ItemState.ACCEPTED],
    ).values_list("requirement__kind", flat=True)
    return Counter(kinds)


def _interactions(project: Project) -> Mapping[str, int]:
    counts = Counter(project.interactions.filter(voided_at__isnull=True).values_list("kind", flat=True))
    counts["visit"] = counts["visit_in"] + counts["visit_out"]
    return counts


def _agreements(project: Project) -> Mapping[str, int]:
    return Counter(project.agreements.filter(voided_at__isnull=True).values_list("kind", flat=True))
