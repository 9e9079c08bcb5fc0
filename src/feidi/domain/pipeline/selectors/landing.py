"""What a landing case has, what it lacks, and what looks odd about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from feidi.domain.parties.models import ContactPoint, Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import LandingState, PartyRole
from feidi.domain.pipeline.models import LandingCase, Project
from feidi.engines.findings import Finding, Level, Scalar
from feidi.engines.names import fold_name
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.content.library import Parsed, read

LANDING = "enclave/landing.yaml"
PURPOSE = "landing"
SITE_VISIT = "site_visit"


def landing_content(outpost: Outpost) -> Parsed:
    """Return the landing rules of the outpost's home (requirements, signals, the paper form's chain)."""
    return read(outpost.home.code, LANDING, on=None)


def min_persons(outpost: Outpost) -> int:
    """Return how many persons a site visit needs (content; two where it says nothing)."""
    for raw in landing_content(outpost).data["requirements"]:
        if raw["evidence"] == SITE_VISIT:
            return int(raw.get("min_persons") or 2)
    return 2


def queue_for(actor: Actor) -> QuerySet[LandingCase]:
    """Return the cases waiting for a decision by somebody who may verify for their home, oldest first."""
    homes = actor.scopes("landing.verify", ScopeKind.HOME)
    return (
        LandingCase.objects.filter(
            state=LandingState.SUBMITTED, project__outpost__home_id__in=homes, project__voided_at__isnull=True
        )
        .select_related("project__outpost__home", "project__owner")
        .order_by("submitted_at")
    )


def cases_of(actor: Actor) -> QuerySet[LandingCase]:
    """Return every case of projects that the actor sees as outpost or home side."""
    projects = visible_in_office(actor, Project.objects.filter(voided_at__isnull=True))
    return LandingCase.objects.filter(project__in=projects).select_related("project__outpost__home", "project__owner")


def get_case(actor: Actor, uid: str) -> LandingCase:
    """Return one case the actor may open; raises ``LandingCase.DoesNotExist`` for every other."""
    return cases_of(actor).get(uid=uid)


def live_case(project: Project) -> LandingCase | None:
    """Return the project's case that is not revoked, or None."""
    return project.landing_cases.exclude(state=LandingState.REVOKED).first()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Others with the same address or phone: how many, and the names of those that the asker may see."""

    n: int = 0
    names: tuple[str, ...] = ()


def warnings_of(case: LandingCase, actor: Actor | None = None) -> list[Finding]:
    """Return the signals that warn. They never gate: an unknown signal is a question, not a fault.

    Others alike are named only where ``actor`` sees them in the office (nobody, as on paper: only counted).
    """
    stated: Mapping[str, Any] = case.signals or {}
    found = [*_counted(stated, "insured_people", "insured"), *_counted(stated, "paid_in_capital", "paid_in")]
    found += _counted(stated, "invoice_months", "invoices")
    for code, likeness in (("shared_address", same_address(case, actor)), ("shared_phone", same_phone(case, actor))):
        if likeness.n and likeness.names:
            params: dict[str, Scalar] = {"n": likeness.n, "names": "、".join(likeness.names)}
            found.append(Finding(Level.PROBLEM, f"pipeline.signal_{code}", params))
        elif likeness.n:
            found.append(Finding(Level.PROBLEM, f"pipeline.signal_{code}_unnamed", {"n": likeness.n}))
    return found


def _counted(stated: Mapping[str, Any], key: str, code: str) -> list[Finding]:
    value = stated.get(key)
    if value is None:
        return [Finding(Level.NOTE, f"pipeline.signal_{code}_unknown")]
    return [Finding(Level.PROBLEM, f"pipeline.signal_{code}_zero")] if value == 0 else []


def same_address(case: LandingCase, actor: Actor | None = None) -> Likeness:
    """Return other landing cases of the same home that give the same (folded) address."""
    folded = fold_name(str((case.signals or {}).get("address") or ""))
    if not folded:
        return Likeness()
    others = LandingCase.objects.filter(
        project__outpost__home_id=case.project.outpost.home_id, signals__address_folded=folded
    ).exclude(project_id=case.project_id)
    names = {each.project_id: each.home_entity or each.project.name for each in others.select_related("project")}
    return _likeness(names, actor)


def same_phone(case: LandingCase, actor: Actor | None = None) -> Likeness:
    """Return other projects of the outpost whose contact has the same number (compared by blind index)."""
    contacts = case.project.parties.filter(role=PartyRole.CONTACT, until__isnull=True).values("person_id")
    indexes = ContactPoint.objects.filter(person_id__in=contacts, voided_at__isnull=True).values("blind_index")
    twins = ContactPoint.objects.filter(
        outpost_id=case.project.outpost_id, blind_index__in=indexes, voided_at__isnull=True
    ).values("person_id")
    others = (
        Project.objects.filter(
            voided_at__isnull=True,
            parties__person_id__in=twins,
            parties__role=PartyRole.CONTACT,
            parties__until__isnull=True,
        )
        .exclude(pk=case.project_id)
        .exclude(sponsor_folded=case.project.sponsor_folded)
        .distinct()
    )
    return _likeness(dict(others.values_list("pk", "name")), actor)


def _likeness(names: Mapping[int, str], actor: Actor | None) -> Likeness:
    """Return how many differ by name, and up to three names of projects that the actor sees."""
    seen: set[int] = set()
    if names and actor is not None:
        seen = set(visible_in_office(actor, Project.objects.filter(pk__in=names)).values_list("pk", flat=True))
    return Likeness(len(set(names.values())), tuple(sorted({names[pk] for pk in seen}))[:3])
