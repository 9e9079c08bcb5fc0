"""尽调清单: what content asks to be looked at before signing, what was seen, and what is missing or too old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import DiligenceResult, Stage
from feidi.domain.pipeline.models import DiligenceCheck, Project
from feidi.engines.findings import Finding, Level, Scalar, refuse
from feidi.kernel.access import Actor
from feidi.kernel.content.library import library

DILIGENCE = "enclave/diligence.yaml"
_ORDER = {Stage.AGREEING.value: 0, Stage.SIGNED.value: 1}


@dataclass(frozen=True, slots=True)
class DiligenceItem:
    """One source to look at: where, for what, before which stage; ``address`` is shown as text, never opened."""

    code: str
    label_zh: str
    label_en: str
    site_zh: str
    site_en: str
    address: str
    look_for_zh: str
    look_for_en: str
    before: str
    guard: bool


@dataclass(frozen=True, slots=True)
class DiligenceList:
    """The items of a place, and for how many days a look holds."""

    valid_days: int
    items: tuple[DiligenceItem, ...]

    def item(self, code: str) -> DiligenceItem | None:
        """Return the item of a code, None when the place has none of it."""
        return next((each for each in self.items if each.code == code), None)


@dataclass(frozen=True, slots=True)
class DiligenceLine:
    """An item with what was seen, newest first. ``expired``: the newest look is older than it may be on the day asked."""

    item: DiligenceItem
    looks: tuple[DiligenceCheck, ...]
    expires_on: date | None
    expired: bool

    @property
    def latest(self) -> DiligenceCheck | None:
        """The newest look."""
        return self.looks[0] if self.looks else None

    @property
    def done(self) -> bool:
        """True when somebody has looked and it still holds."""
        latest = self.latest
        return latest is not None and latest.result != DiligenceResult.PENDING and not self.expired


def diligence_list(outpost: Outpost) -> DiligenceList:
    """Return what the outpost's home asks to be looked at; empty when nothing is published."""
    parsed = library().find(outpost.home.code, DILIGENCE, on=None)
    if parsed is None:
        return DiligenceList(0, ())
    return DiligenceList(parsed.data["valid_days"], tuple(_item(raw) for raw in parsed.data["items"]))


def _item(raw: dict[str, Any]) -> DiligenceItem:
    label, site, look = raw["label"], raw["site"], raw["look_for"]
    return DiligenceItem(
        code=raw["code"],
        label_zh=label["zh"],
        label_en=label["en"],
        site_zh=site["zh"],
        site_en=site["en"],
        address=raw["address"],
        look_for_zh=look["zh"],
        look_for_en=look["en"],
        before=raw["before"],
        guard=raw["guard"],
    )


def diligence_of(project: Project, on: date) -> list[DiligenceLine]:
    """Return every item with its looks, as it stands on a day. One query beside content."""
    wanted = diligence_list(project.outpost)
    looks: dict[str, list[DiligenceCheck]] = {}
    rows = project.diligence.filter(voided_at__isnull=True).select_related("file").order_by("-checked_on", "-id")
    for row in rows:
        looks.setdefault(row.item, []).append(row)
    lines = []
    for item in wanted.items:
        found = tuple(looks.get(item.code, ()))
        until = found[0].checked_on + timedelta(days=wanted.valid_days) if found else None
        lines.append(DiligenceLine(item, found, until, until is not None and until < on))
    return lines


def warnings_before(project: Project, stage: str, on: date, lines: list[DiligenceLine] | None = None) -> list[Finding]:
    """Return what the list warns of before ``agreeing`` or ``signed``: not looked at, too old, something found.

    Warnings, no gates: they are shown, and only what content marks as a guard refuses (``check_before_signing``).
    """
    found = []
    for line in diligence_of(project, on) if lines is None else lines:
        if _ORDER[line.item.before] <= _ORDER[stage]:
            found.extend(_warnings(line))
    return found


def _warnings(line: DiligenceLine) -> list[Finding]:
    params: dict[str, Scalar] = {"label_zh": line.item.label_zh, "label_en": line.item.label_en}
    latest = line.latest
    if latest is None or latest.result == DiligenceResult.PENDING:
        return [Finding(Level.NOTE, "pipeline.diligence_missing", params)]
    found = []
    if line.expired:
        told = {**params, "checked_on": latest.checked_on.isoformat()}
        found.append(Finding(Level.PROBLEM, "pipeline.diligence_expired", told))
    if latest.result == DiligenceResult.FINDING:
        found.append(Finding(Level.PROBLEM, "pipeline.diligence_found", {**params, "note": latest.note}))
    return found


def check_before_signing(project: Project, on: date) -> None:
    """Refuse when an item that content marks as a guard was not looked at, or too long ago, on the day of signing."""
    if not any(item.guard for item in diligence_list(project.outpost).items):
        return
    lacking = [
        Finding(
            Level.PROBLEM,
            "pipeline.diligence_missing",
            {"label_zh": line.item.label_zh, "label_en": line.item.label_en},
        )
        for line in diligence_of(project, on)
        if line.item.guard and not line.done
    ]
    if lacking:
        raise refuse("pipeline.diligence_incomplete", *lacking, n=len(lacking))


def checks_visible_to(actor: Actor, rows: QuerySet[DiligenceCheck]) -> QuerySet[DiligenceCheck]:
    """Narrow looks to those of projects that the actor sees as outpost or home side."""
    return rows.filter(project__in=visible_in_office(actor, Project.objects.all()))


def get_check(actor: Actor, uid: str) -> DiligenceCheck:
    """Return one look that the actor may open; raises ``DiligenceCheck.DoesNotExist`` for every other."""
    return checks_visible_to(actor, DiligenceCheck.objects.select_related("project__outpost__home")).get(uid=uid)
