"""What a merge of two organizations would move: every relation by name, nothing by default.

A relation that does not stand in ``MOVES`` (a subject column: in ``SUBJECTS``) refuses every merge: who adds a foreign
key to organizations says here what becomes of its rows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import Organization, OrganizationLink, OrganizationMerge
from feidi.domain.parties.permissions import permission_name
from feidi.engines.findings import Finding, Level, refuse
from feidi.kernel.access import Actor, ScopeKind

MERGE: Final = "party.merge"
SUBJECT: Final = "parties.organization"


class How(StrEnum):
    """What becomes of the gone organization's rows."""

    MOVES = "moves"  # they change hands
    STAYS = "stays"  # history, or derived anew
    PAIRS = "pairs"  # the pairs of the review queue, put in order by themselves


@dataclass(frozen=True, slots=True)
class Rule:
    """How one relation is treated. ``once``: columns that make a row a double of one that the kept one has
    (``live``: only among rows where this column is empty). ``outpost``: the way to the outpost whose row it is;
    empty: shared by all who know the organization.
    """

    how: How
    label: str | Promise
    once: tuple[str, ...] = ()
    live: str = ""
    outpost: str = ""


_HISTORY = Rule(How.STAYS, _("合并的历史"))
_DERIVED = Rule(How.STAYS, _("自动生成的索引"))
MOVES: dict[str, Rule] = {
    "parties.Organization.merged_into": _HISTORY,
    "parties.OrganizationMerge.kept": _HISTORY,
    "parties.OrganizationMerge.gone": _HISTORY,
    "parties.Outpost.operator": Rule(How.MOVES, _("所运营的驻点")),
    "parties.OrganizationKindOf.organization": Rule(How.MOVES, _("类别"), once=("kind",)),
    "parties.OrganizationIdentifier.organization": Rule(How.MOVES, _("号码"), once=("scheme", "value")),
    "parties.OrganizationAlias.organization": Rule(How.MOVES, _("其他名称"), once=("name_folded",)),
    "parties.OrganizationIndustry.organization": Rule(How.MOVES, _("产业领域"), once=("system", "label")),
    "parties.OrganizationLink.organization": Rule(
        How.MOVES, _("联系它的驻点"), once=("outpost_id",), outpost="outpost_id"
    ),
    "parties.OrganizationRelation.source": Rule(
        How.MOVES, _("与其他单位的关系"), once=("target_id", "kind", "outpost_id"), outpost="outpost_id"
    ),
    "parties.OrganizationRelation.target": Rule(
        How.MOVES, _("其他单位与它的关系"), once=("source_id", "kind", "outpost_id"), outpost="outpost_id"
    ),
    "parties.OrganizationPair.left": Rule(How.PAIRS, _("查重记录")),
    "parties.OrganizationPair.right": Rule(How.PAIRS, _("查重记录")),
    "parties.Membership.organization": Rule(How.MOVES, _("该单位的账号")),
    "parties.Membership.works_for": Rule(How.MOVES, _("属于该单位的工作人员")),
    "parties.Person.organization": Rule(How.MOVES, _("人员"), outpost="outpost_id"),
    "parties.ContactPoint.organization": Rule(How.MOVES, _("单位的联系方式"), outpost="outpost_id"),
    "parties.OrganizationTitle.organization": Rule(How.MOVES, _("资质"), outpost="outpost_id"),
    "pipeline.ProjectParty.organization": Rule(
        How.MOVES, _("参与的项目"), once=("project_id", "role"), live="until", outpost="project__outpost_id"
    ),
    "policy.PolicyClaim.organization": Rule(How.MOVES, _("政策申报"), outpost="outpost_id"),
    "incubation.Application.organization": Rule(How.MOVES, _("入驻申请"), outpost="outpost_id"),
    "incubation.Tenancy.organization": Rule(How.MOVES, _("入驻"), outpost="outpost_id"),
    "incubation.ServiceRequest.provider": Rule(How.MOVES, _("承办的服务"), outpost="tenancy__outpost_id"),
    "incubation.TenantOutcome.organization": Rule(How.MOVES, _("孵化成果"), outpost="outpost_id"),
    "pipeline.Target.organization": Rule(How.MOVES, _("目标企业"), outpost="outpost_id"),
    "liaison.TripStop.organization": Rule(How.MOVES, _("出访行程"), outpost="trip__outpost_id"),
    "liaison.WalkIn.organization": Rule(How.MOVES, _("窗口来访"), outpost="outpost_id"),
    "matching.Profile.organization": Rule(How.MOVES, _("需求与供给"), outpost="outpost_id"),
    "matching.ProfileBlock.organization": Rule(
        How.MOVES, _("供需的屏蔽名单"), once=("profile_id",), live="lifted_at", outpost="profile__outpost_id"
    ),
    "matching.ProfileReading.organization": Rule(How.STAYS, _("谁看过供需的记录")),
    "matching.ConfidentialityAgreement.organization": Rule(
        How.MOVES, _("保密协议"), once=("profile_id",), live="voided_at", outpost="profile__outpost_id"
    ),
    "talent.Talent.employer": Rule(How.MOVES, _("人才的用人单位"), outpost="outpost_id"),
    "talent.Position.organization": Rule(How.MOVES, _("岗位"), outpost="outpost_id"),
    "talent.FlexibleContract.home_unit": Rule(How.MOVES, _("双聘、柔性引才"), outpost="talent__outpost_id"),
    "playbook.PlaybookRun.organization": Rule(How.MOVES, _("服务进度"), outpost="outpost_id"),
    "space.Booking.organization": Rule(How.MOVES, _("场地预订"), outpost="outpost_id"),
    "space.BookingSeries.organization": Rule(How.MOVES, _("场地预订系列"), outpost="outpost_id"),
    "space.WaitingEntry.organization": Rule(How.MOVES, _("场地候补"), outpost="outpost_id"),
    "roadshow.Registration.organization": Rule(How.MOVES, _("活动报名"), outpost="activity__outpost_id"),
    "showcase.Product.organization": Rule(How.MOVES, _("产品")),
    "showcase.Sheet.organization": Rule(How.MOVES, _("公开展示的内容"), outpost="outpost_id"),
    "reporting.OperatingContract.operator": Rule(How.MOVES, _("委托运营协议"), outpost="outpost_id"),
}
#: Tables that speak of a row by kind and uid. What would be a double there stays where it is.
SUBJECTS: dict[str, Rule] = {
    "audit.AuditEntry": Rule(How.STAYS, _("审计记录")),
    "jobs.Job": Rule(How.STAYS, _("后台任务")),
    "imports.ImportBatch": Rule(How.STAYS, _("导入批次")),
    "imports.MappingMemory": Rule(How.STAYS, _("列对应")),
    "search.SearchEntry": _DERIVED,
    "parties.NameKey": _DERIVED,
    "liaison.WorkHandoverItem": Rule(How.STAYS, _("移交清单")),
    "documents.PrintedForm": Rule(How.MOVES, _("打印的表")),
    "files.StoredFile": Rule(How.MOVES, _("文件")),
    "todos.Todo": Rule(How.MOVES, _("待办")),
    "parties.Fact": Rule(How.MOVES, _("情况记录"), outpost="outpost_id"),
    "evidence.EvidenceRequirement": Rule(How.MOVES, _("证据要求"), once=("purpose", "kind")),
    "deadlines.Deadline": Rule(How.MOVES, _("时限"), once=("code",), live="stopped_on"),
    "policy.Checkup": Rule(How.MOVES, _("留存的政策体检"), outpost="outpost_id"),
    "policy.ClauseStanding": _DERIVED,
    "policy.StandingChange": Rule(How.STAYS, _("政策得失记录")),
    "feedback.Ask": Rule(How.MOVES, _("发出的评价链接"), once=("occasion", "person_index")),
    "feedback.Complaint": Rule(How.MOVES, _("投诉")),
    "notify.Robot": Rule(How.STAYS, _("群机器人")),
    "reporting.FlowEntry": Rule(How.STAYS, _("要素流动台账")),
    "reporting.FlowSetAside": Rule(How.STAYS, _("要素流动待核")),
    "space.Occupation": Rule(How.STAYS, _("场地占用")),
    "liaison.PlanLink": Rule(How.MOVES, _("重点任务的关联"), once=("task_id",)),
    "playbook.PlaybookRun": Rule(
        How.MOVES, _("为它办理的服务进度"), once=("outpost_id", "playbook"), live="ended_on", outpost="outpost_id"
    ),
}


@dataclass(frozen=True, slots=True)
class Line:
    """The rows of one relation: those that move, and those that would be doubles of what the kept one has."""

    key: str
    rule: Rule
    rows: tuple[Model, ...]
    doubles: tuple[Model, ...] = ()

    @property
    def field(self) -> str:
        """The foreign key's name; empty for a subject's columns."""
        return self.key.split(".")[2] if self.key in MOVES else ""


def line_key(model: type[Model], field: str = "") -> str:
    """Return how a relation is named in ``MOVES`` and ``SUBJECTS``."""
    return f"{model._meta.label}.{field}" if field else model._meta.label


def subject_models() -> list[type[Model]]:
    """Return every model with the two columns of a subject."""
    wanted = {"subject_kind", "subject_uid"}
    return [each for each in apps.get_models() if wanted <= {field.name for field in each._meta.concrete_fields}]


def unknown_relations() -> list[str]:
    """Return the relations to organizations of which nobody has said what becomes of their rows."""
    related = [line_key(each.field.model, each.field.name) for each in Organization._meta.related_objects]
    hanging = [line_key(each) for each in subject_models()]
    return sorted({*(set(related) - MOVES.keys()), *(set(hanging) - SUBJECTS.keys())})


def gather(kept: Organization, gone: Organization) -> list[Line]:
    """Return what a merge would move, relation by relation; empty relations are left out.

    Refused: a relation that the tables do not know.
    """
    if missing := unknown_relations():
        raise refuse("parties.merge_relation_unknown", relations="、".join(missing))
    lines = [_related(key, rule, kept, gone) for key, rule in MOVES.items() if rule.how is How.MOVES]
    lines += [_hanging(key, rule, kept, gone) for key, rule in SUBJECTS.items() if rule.how is How.MOVES]
    return [each for each in lines if each.rows or each.doubles]


def _related(key: str, rule: Rule, kept: Organization, gone: Organization) -> Line:
    app, name, field = key.split(".")
    model = apps.get_model(app, name)
    rows = list(model._base_manager.filter(**{field: gone}).order_by("pk"))
    other = {"source": "target_id", "target": "source_id"}.get(field)
    taken = _taken(rule, model._base_manager.filter(**{field: kept})) if rule.once else set()
    doubles = [
        each
        for each in rows
        # a relation between the two would become one of the organization to itself
        if (other and getattr(each, other) == kept.pk) or (rule.once and _spot(rule, each) in taken)
    ]
    return Line(key, rule, tuple(each for each in rows if each not in doubles), tuple(doubles))


def _hanging(key: str, rule: Rule, kept: Organization, gone: Organization) -> Line:
    model = apps.get_model(key)
    about = model._base_manager.filter(subject_kind=SUBJECT)
    rows = list(about.filter(subject_uid=gone.uid).order_by("pk"))
    taken = _taken(rule, about.filter(subject_uid=kept.uid)) if rule.once and rows else set()
    doubles = [each for each in rows if rule.once and _spot(rule, each) in taken]
    return Line(key, rule, tuple(each for each in rows if each not in doubles), tuple(doubles))


def _taken(rule: Rule, rows: Iterable[Model]) -> set[tuple[Any, ...]]:
    return {spot for spot in (_spot(rule, each) for each in rows) if spot}


def _spot(rule: Rule, row: Model) -> tuple[Any, ...]:
    """Return what may be there once; empty for a row that is not live."""
    if rule.live and getattr(row, rule.live) is not None:
        return ()
    return tuple(getattr(row, name) for name in rule.once)


def plan_digest(kept: Organization, gone: Organization, lines: Sequence[Line]) -> str:
    """Return a digest of what was shown, so that a merge does what was seen and nothing else."""
    rows = [[each.key, [row.pk for row in each.rows], [row.pk for row in each.doubles]] for each in lines]
    text = json.dumps([kept.uid, kept.version, gone.uid, gone.version, rows], default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


@dataclass(frozen=True, slots=True)
class Preview:
    """A merge before it is done. ``lines``: (label, rows that the reader may know, rows dropped as doubles, whether
    other outposts' rows move too). ``doubts`` are to be looked at; ``blocks`` refuse it.
    """

    lines: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...]
    digest: str
    two_codes: bool
    blocks: tuple[Finding, ...]


def preview_merge(actor: Actor, kept: Organization, gone: Organization) -> Preview:
    """Return what merging ``gone`` into ``kept`` would do, in as much as the actor may know it."""
    lines = gather(kept, gone)
    shown = []
    for each in lines:
        rows, doubles = seen_rows(actor, each.rule, each.rows), seen_rows(actor, each.rule, each.doubles)
        hidden = len(rows) + len(doubles) < len(each.rows) + len(each.doubles)
        shown.append((str(each.rule.label), _names(rows), _names(doubles), hidden))
    return Preview(
        tuple(shown),
        plan_digest(kept, gone, lines),
        two_codes=bool(clashing_codes(kept, gone)),
        blocks=tuple(not_linked(actor, kept, gone)),
    )


def seen_rows(actor: Actor, rule: Rule, rows: Sequence[Model]) -> list[Model]:
    """Return the rows that the actor may know of: shared ones, and those of outposts whose parties they see."""
    if not rule.outpost or not rows:
        return list(rows)
    outposts = actor.scopes("party.view", ScopeKind.OUTPOST)
    within = Q(**{f"{rule.outpost.removesuffix('_id')}__in": outposts}, pk__in=[each.pk for each in rows])
    known = set(type(rows[0])._base_manager.filter(within).values_list("pk", flat=True))
    return [each for each in rows if each.pk in known]


def _names(rows: Iterable[Model]) -> tuple[str, ...]:
    return tuple(name_of(each) for each in rows)


def name_of(row: Model) -> str:
    """Return a row in words that a person knows: never its key."""
    for way in ("project", "outpost", "user"):
        owner = getattr(row, way, None) if any(field.name == way for field in row._meta.fields) else None
        if owner is not None and type(row).__name__ in {"ProjectParty", "OrganizationLink", "Membership"}:
            return str(owner)
    if type(row).__name__ == "OrganizationRelation":
        return f"{row.source.name} → {row.target.name}"  # type: ignore[attr-defined]
    display = getattr(row, "get_kind_display", None)
    return str(display()) if display and type(row).__name__ == "OrganizationKindOf" else str(row)


def clashing_codes(kept: Organization, gone: Organization) -> tuple[str, str] | None:
    """Return two valid credit codes that differ, one of each: two legal persons, unless one was written down wrong."""
    ours, theirs = _codes(kept), _codes(gone)
    if ours and theirs and not ours & theirs:
        return min(ours), min(theirs)
    return None


def _codes(organization: Organization) -> set[str]:
    known = organization.identifiers.filter(scheme=IdentifierScheme.USCC, valid=True)
    return set(known.values_list("value", flat=True))


def not_linked(actor: Actor, *organizations: Organization) -> list[Finding]:
    """Return why the actor may not merge these: one that none of their outposts knows, or no permission at all.

    Merging it would show to either outpost what only the other knew.
    """
    outposts = actor.scopes(MERGE, ScopeKind.OUTPOST)
    if not outposts:
        params = {"permission": MERGE, "what": permission_name(MERGE)}
        return [Finding(Level.PROBLEM, "parties.not_permitted", params)]
    known = OrganizationLink.objects.filter(outpost_id__in=outposts, organization__in=organizations)
    linked = set(known.values_list("organization_id", flat=True))
    return [
        Finding(Level.PROBLEM, "parties.merge_not_linked", first_link(each))
        for each in organizations
        if each.pk not in linked
    ]


def first_link(organization: Organization) -> Mapping[str, str]:
    """Return since when which outpost knows an organization: all that may be said of one that others know."""
    link = organization.links.select_related("outpost").order_by("since", "id").first()
    if link is None:
        return {"since": "", "outpost": "", "phone": ""}
    return {"since": link.since.isoformat(), "outpost": link.outpost.short_name, "phone": link.outpost.phone}


def told_of(actor: Actor, merge: OrganizationMerge) -> list[tuple[str, tuple[str, ...], int]]:
    """Return what a merge moved: (label, names of the rows the actor may know, doubles dropped) per relation."""
    told = []
    for line in merge.moved["lines"]:
        rule = MOVES.get(line["key"]) or SUBJECTS[line["key"]]
        app, name, *_rest = line["key"].split(".")
        rows = list(apps.get_model(app, name)._base_manager.filter(pk__in=[pk for pk, _version in line["moved"]]))
        seen = _names(seen_rows(actor, rule, rows))
        dropped = len(line["dropped"]) if not rule.outpost else 0  # of other outposts not even a count
        if seen or dropped:
            told.append((str(rule.label), seen, dropped))
    return told
