"""How a place orders a project's dossier: folders, what each takes, what must be there from which stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.enums import TRACK_STAGES, Stage
from feidi.domain.pipeline.models import LandingRecheck, Project
from feidi.domain.reporting.services.dossier_pieces import WAITING, Piece
from feidi.engines.findings import refuse
from feidi.kernel.content.library import library

DOSSIER = "enclave/dossier.yaml"
VERIFIED = "verified"


@dataclass(frozen=True, slots=True)
class Folder:
    """One folder: its place in the order (from 1), its name, the kinds of pieces it takes."""

    number: int
    name: str
    takes: frozenset[str]

    @property
    def path(self) -> str:
        """The folder's name in the package, 01_线索."""
        return f"{self.number:02d}_{self.name}"


@dataclass(frozen=True, slots=True)
class Required:
    """A piece that must be there once the project has reached ``since`` (a stage, or verified)."""

    piece: str
    label: str
    since: str


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that is not there: what, and why it is wanted."""

    what: str
    why: str


@dataclass(frozen=True, slots=True)
class DossierOrder:
    """What content says of dossiers."""

    folders: tuple[Folder, ...]
    required: tuple[Required, ...]
    source: str

    def folder_of(self, kind: str) -> Folder:
        """Return the folder of a kind; what belongs nowhere goes into the first."""
        return next((each for each in self.folders if kind in each.takes), self.folders[0])


def dossier_order(outpost: Outpost) -> DossierOrder:
    """Return the order in force for an outpost's home (nearest wins). Refused: none is published."""
    parsed = library().find(outpost.home.code, DOSSIER, on=None)
    if parsed is None:
        raise refuse("reporting.dossier_no_content", path=DOSSIER)
    folders = tuple(
        Folder(number, raw["label"]["zh"], frozenset(raw["takes"]))
        for number, raw in enumerate(parsed.data["folders"], start=1)
    )
    required = tuple(Required(raw["piece"], raw["label"]["zh"], raw["from"]) for raw in parsed.data["required"])
    return DossierOrder(folders, required, parsed.data["source"])


def reached(project: Project, since: str) -> bool:
    """Tell whether the project stands at ``since`` or has passed it on that stage's track."""
    if since == VERIFIED:
        return project.verified_on is not None
    for track, stages in TRACK_STAGES.items():
        if since in stages:
            standing = getattr(project, f"{track.value}_stage")
            return bool(standing) and stages.index(Stage(standing)) >= stages.index(Stage(since))
    return False


def missing_of(project: Project, order: DossierOrder, pieces: Iterable[Piece], today: date) -> list[Missing]:
    """Return what content wants at this stage and is not there, open gaps (待补), and rechecks due and not confirmed."""
    given = list(pieces)
    there = {each.kind for each in given if each.counts}
    waits = {each.kind for each in given if each.state == WAITING}
    found = []
    for each in order.required:
        if reached(project, each.since) and each.piece not in there:
            name = "经核验落地" if each.since == VERIFIED else str(Stage(each.since).label)
            found.append(Missing(each.label, f"自“{name}”起须有{'；已提交，待审核' if each.piece in waits else ''}"))
    found += [
        Missing(gap.label_zh, f"待补，{gap.responsible_text}，{gap.due_on.isoformat()} 前")
        for gap in project.gaps.filter(filled_at__isnull=True).order_by("due_on", "id")
    ]
    due = LandingRecheck.objects.filter(case__project=project, due_on__lte=today, confirmed="")
    found += [Missing(f"第{each.n}年复核结论", f"{each.due_on.isoformat()} 到期") for each in due.order_by("due_on")]
    return found
