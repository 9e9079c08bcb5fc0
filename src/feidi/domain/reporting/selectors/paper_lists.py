"""Lists of projects for forms and papers, as of the snapshot's day: who was in talks, signed, landed then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q

from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.enums import Counting, InteractionKind, PartyRole, Stage
from feidi.domain.pipeline.models import Agreement, Interaction, LandingCase, Project, ProjectParty, StageLog
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.domain.reporting.selectors.paper_sources import ALL, LISTS
from feidi.domain.reporting.selectors.papers import Snapshot
from feidi.kernel.access import Actor
from feidi.kernel.documents.office.form_values import FormValue

#: A list of a form or paper names at most so many projects.
MOST = 500
_SHORT = 120
#: What people write where there is nothing to say.
_NOTHING = ("", "无", "暂无", "没有", "无需", "-", "—", "/")
_FEN_PER_WAN = 1_000_000
_VISITS = (InteractionKind.VISIT_OUT, InteractionKind.VISIT_IN)
Line = dict[str, FormValue]


def lists_of(actor: Actor, snapshot: Snapshot, names: Iterable[str]) -> dict[str, list[Line]]:
    """Return the lines of each list, by project code. Without ``_all`` only projects that were reported are named."""
    wanted = {name: snapshot.rows[LISTS[name.removesuffix(ALL)][1]] for name in names}
    keys = {key for rows in wanted.values() for key in rows}
    if not keys:
        return {name: [] for name in wanted}
    projects = _projects(actor, keys)
    lines = _Lines(snapshot, projects)
    found = {}
    for name, rows in wanted.items():
        mine = [each for key in rows if (each := projects.get(key)) and (name.endswith(ALL) or _told(each, snapshot))]
        found[name] = [lines.line(each) for each in sorted(mine, key=lambda each: each.code)[:MOST]]
    return found


def count_untold(actor: Actor, snapshot: Snapshot, name: str) -> int:
    """Return how many projects of a list were not reported by the snapshot's day."""
    keys = snapshot.rows[LISTS[name.removesuffix(ALL)][1]]
    return sum(not _told(each, snapshot) for each in _projects(actor, keys).values())


def _told(project: Project, snapshot: Snapshot) -> bool:
    at = project.reported_at
    return at is not None and at.astimezone(SHANGHAI).date() <= snapshot.as_of


def _projects(actor: Actor, keys: Iterable[int]) -> dict[int, Project]:
    seen = visible_in_office(actor, Project.objects.select_related("outpost__home", "owner"))
    found: dict[int, Project] = {}
    asked = sorted(keys)
    for at in range(0, len(asked), MOST):
        found |= seen.in_bulk(asked[at : at + MOST])
    return found


class _Lines:
    """Looks up what the lines need, one query each however many projects."""

    def __init__(self, snapshot: Snapshot, projects: dict[int, Project]) -> None:
        self._snapshot = snapshot
        keys = list(projects)
        self._stages = self._stages_of(keys)
        self._talks = self._talks_of(keys)
        self._signed = self._signed_of(keys)
        verified = LandingCase.objects.filter(project_id__in=keys, verified_on__lte=snapshot.as_of)
        self._verified = dict(verified.order_by("-verified_on").values_list("project_id", "verified_on"))
        parties = ProjectParty.objects.filter(project_id__in=keys, role=PartyRole.HOME_ENTITY, until__isnull=True)
        self._homes = dict(parties.order_by("id").values_list("project_id", "organization__name"))

    def _known(self, moment: str = "created_at") -> Q:
        at = self._snapshot.known_at
        return Q(**{f"{moment}__lte": at}) if at else Q()

    def _stages_of(self, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
        log = StageLog.objects.filter(self._known("recorded_at"), project_id__in=keys).exclude(
            occurred_on__gt=self._snapshot.as_of
        )
        found: dict[int, dict[str, str]] = {}
        for key, track, stage in log.order_by("id").values_list("project_id", "track", "to_stage"):
            found.setdefault(key, {})[track] = stage
        order = ("home", "host", "talks")
        return {key: next((track, by[track]) for track in order if track in by) for key, by in found.items()}

    def _talks_of(self, keys: Sequence[int]) -> dict[int, tuple[date | None, str]]:
        rows = Interaction.objects.filter(
            self._known(), project_id__in=keys, voided_at__isnull=True, occurred_on__lte=self._snapshot.as_of
        )
        said = rows.order_by("occurred_on", "id").values_list("project_id", "occurred_on", "summary")
        return {key: (on, summary) for key, on, summary in said}

    def _signed_of(self, keys: Sequence[int]) -> dict[int, tuple[date, int | None, str]]:
        """First contract: day, all that counts of the project in its own currency (None: not known exactly)."""
        rows = Agreement.objects.filter(
            self._known(), project_id__in=keys, voided_at__isnull=True, signed_on__lte=self._snapshot.as_of,
            counting__in=(Counting.FIRST, Counting.INCREMENT, Counting.NEW_INVESTOR),
        ).order_by("signed_on", "id")  # fmt: skip
        found: dict[int, tuple[date, int | None, str]] = {}
        for key, on, fen, currency in rows.values_list("project_id", "signed_on", "counted_fen", "currency"):
            first, total, unit = found.get(key, (on, 0, currency))
            same = total is not None and fen is not None and unit == currency
            found[key] = (first, (total or 0) + (fen or 0) if same else None, unit)
        return found

    def line(self, project: Project) -> Line:
        """Return one project's line."""
        on, said = self._talks.get(project.pk, (None, ""))
        signed_on, fen, currency = self._signed.get(project.pk, (None, None, ""))
        return {
            "code": project.code,
            "name": project.name,
            "sponsor": project.sponsor_name,
            "industry": project.industry,
            "stage": self._stage(project),
            "signed_on": signed_on,
            "signed_wan": _wan(fen) if currency == "CNY" else None,
            "home_entity": self._homes.get(project.pk) or "",
            "verified_on": self._verified.get(project.pk),
            "owner": project.owner.display_name if project.owner else project.owner_text,
            "last_on": on,
            "progress": _first_words(said),
            "problems": _first_words(project.problems),
            "coordination": _first_words(project.coordination),
            "next_step": _first_words(project.next_step),
        }

    def _stage(self, project: Project) -> str:
        track, code = self._stages.get(project.pk, ("", ""))
        if not code:
            return ""
        stage = stage_table(project.outpost).stage(track, code)
        return stage.label.zh if stage else str(Stage(code).label)


def _wan(fen: int | None) -> Decimal | None:
    if fen is None:
        return None
    value = (Decimal(fen) / _FEN_PER_WAN).quantize(Decimal("0.01"))
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def _first_words(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 1]}…"


def own_words(actor: Actor, snapshot: Snapshot, field: str, most: int = 3) -> str:
    """Return what projects in talks or lately signed say of 存在问题, 需协调事项, 下一步计划: to be edited by a person.

    Only reported projects are named; those noted last come first. ``field``: a field of the project.
    """
    keys = set(snapshot.rows["talking"]) | set(snapshot.rows["K08_year"])
    seen = visible_in_office(actor, Project.objects.filter(reported_at__isnull=False, voided_at__isnull=True))
    rows = seen.filter(outpost=snapshot.outpost).exclude(**{field: ""}).order_by("-last_talk_on", "-id")
    said = [(row.name, getattr(row, field)) for row in rows[: most * 20] if row.pk in keys]
    said = [(name, text) for name, text in said if text.strip(" 。.") not in _NOTHING]
    return "\n".join(f"{name}：{_first_words(text)}" for name, text in said[:most])


def highlights(actor: Actor, snapshot: Snapshot) -> str:
    """Return 本期新签约、新核实落地 as a first draft of the highlights; reported projects are named."""
    lists = lists_of(actor, snapshot, ("signed_term", "landed_term"))
    parts = []
    for name, words in (("signed_term", "新签约"), ("landed_term", "新核实落地")):
        if names := [str(line["name"]) for line in lists[name]]:
            parts.append(f"{words}{'、'.join(names)}。")
    return "\n".join(parts)


def visits_of(actor: Actor, project: Project, as_of: date) -> str:
    """Return the visits of a project as a first draft of an inspection report's text."""
    if not visible_in_office(actor, Project.objects.filter(pk=project.pk)).exists():
        return ""
    rows: Any = Interaction.objects.filter(
        project=project, kind__in=_VISITS, voided_at__isnull=True, occurred_on__lte=as_of
    ).order_by("occurred_on", "id")
    lines = [f"项目由{project.sponsor_name}提出，{project.one_line}。"] if project.one_line else []
    for each in rows:
        who = f"，参加人员：{each.people}" if each.people else ""
        day = each.occurred_on
        lines.append(
            f"{day.year}年{day.month}月{day.day}日{each.get_kind_display()}{who}。{each.summary}".rstrip("。") + "。"
        )
    return "\n".join(lines)
