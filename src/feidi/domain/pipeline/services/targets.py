"""Verbs of the target list: adding one or many, handing out, contacting, beginning talks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Membership, Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.meanwhile import refuse_if_changed
from feidi.domain.pipeline.enums import TargetState
from feidi.domain.pipeline.models import Project, Target
from feidi.domain.pipeline.selectors.chains import find_chains
from feidi.domain.pipeline.services.registering import Lead, register_lead
from feidi.engines.findings import Finding, Level, refuse
from feidi.engines.names import fold_name
from feidi.engines.sheets import FieldSpec, match_columns, read_workbook
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.audit.unit import Unit
from feidi.kernel.identity.models import User
from feidi.kernel.messages import text_of

KIND = "pipeline.target"
EDIT = "project.edit"
_PARTS = re.compile(r"[\t,，;；|]")
_FIELDS = (
    FieldSpec("name", "企业名称", ("单位名称", "目标企业", "名称", "公司名称"), required=True),
    FieldSpec("chain", "产业链", ("产业", "链条")),
    FieldSpec("node", "环节", ("产业链环节", "补链环节", "缺失环节", "节点")),
    FieldSpec("place_text", "所在地", ("地区", "城市", "注册地")),
    FieldSpec("why", "理由", ("推荐理由", "为什么", "补链理由", "备注")),
    FieldSpec("source", "来源", ("线索来源", "推荐人")),
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One firm that is looked for: which node of which chain misses it, where it is, why it. Priority 1 (first) … 3."""

    name: str
    node: str
    chain: str = ""
    place_text: str = ""
    why: str = ""
    source: str = ""
    priority: int = 2


@dataclass(frozen=True, slots=True)
class Added:
    """What came of adding many: the rows made, and a finding for each line that was not taken."""

    made: tuple[Target, ...]
    findings: tuple[Finding, ...]


def add_target(*, actor: Actor, now: datetime, outpost: Outpost, wanted: Wanted, owner: User | None = None) -> Target:
    """Add one firm. Refused: no name or node, the name stands at this node already, an owner from elsewhere."""
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check(wanted)
    wanted = _by_node(outpost, wanted)
    _check_colleague(outpost, owner, now)
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update().get(pk=outpost.pk)  # of two who add it at once the second sees it
        standing = _standing(outpost, wanted)
        if standing is not None:
            who = standing.owner.display_name if standing.owner else "尚无责任人"
            raise refuse("pipeline.target_known", name=standing.name, node=standing.node, who=who)
        return _made(unit, outpost, wanted, owner)


def add_targets(
    *, actor: Actor, now: datetime, outpost: Outpost, wanted: Iterable[tuple[int, Wanted]], owner: User | None = None
) -> Added:
    """Add many firms, (line number, firm) each, in one transaction. A line without a name, or known at its node, is
    left out with a finding; nothing is doubled when the same list is added again.
    """
    require(actor, EDIT, outpost_scope(outpost.pk))
    _check_colleague(outpost, owner, now)
    made, findings = [], []
    with recorded(actor=actor, now=now) as unit:
        Outpost.objects.select_for_update().get(pk=outpost.pk)
        known = set(Target.objects.filter(outpost=outpost, voided_at__isnull=True).values_list("node", "name_folded"))
        for row, each in wanted:
            folded = fold_name(each.name)
            if not folded:
                findings.append(Finding(Level.PROBLEM, "pipeline.target_row_nameless", row=row))
                continue
            _check(each)
            each = _by_node(outpost, each)  # noqa: PLW2901 - the same firm, its node in the place's own words
            if (each.node.strip(), folded) in known:
                findings.append(Finding(Level.NOTE, "pipeline.target_row_known", {"name": each.name.strip()}, row=row))
                continue
            known.add((each.node.strip(), folded))
            made.append(_made(unit, outpost, each, owner))
    return Added(tuple(made), tuple(findings))


def read_lines(text: str, common: Wanted) -> list[tuple[int, Wanted]]:
    """Read pasted lines, one firm each: name, then place, then why, parted by a comma, tab or bar. Empty lines do not
    count as lines. Node, chain and priority are ``common``'s.
    """
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            name, place, why = [*(part.strip() for part in _PARTS.split(line.strip(), maxsplit=2)), "", ""][:3]
            found.append((number, replace(common, name=name[:160], place_text=place[:120], why=why[:300])))
    return found


def read_sheet(content: bytes, name: str, common: Wanted) -> list[tuple[int, Wanted]]:
    """Read the first table of an xlsx, xls or csv: 企业名称 is needed, chain, node, place, why, source are taken when
    there; what a row does not say is ``common``'s. Refused: unreadable, no column of names.
    """
    book = read_workbook(content, name=name)
    if book.fatal is not None:
        raise refuse("pipeline.target_sheet_unreadable", why=text_of(book.fatal))
    sheet = next((each for each in book.sheets if each.columns), None)
    mapping = match_columns(sheet.columns, _FIELDS) if sheet else None
    if sheet is None or mapping is None or mapping.column_of("name") is None:
        raise refuse("pipeline.target_no_name_column")
    found = []
    for record in sheet.iter_records():
        said: dict[str, str] = {}
        for match in mapping.matches:
            text = record.values[match.column.index].text.strip()
            if text:
                said[match.field] = text
        found.append((record.row, _with(common, said)))
    return found


def _with(common: Wanted, said: Mapping[str, str]) -> Wanted:
    return replace(
        common,
        name=said.get("name", ""),
        node=said.get("node", common.node),
        chain=said.get("chain", common.chain),
        place_text=said.get("place_text", common.place_text),
        why=said.get("why", common.why),
        source=said.get("source", common.source),
    )


def change_target(*, actor: Actor, now: datetime, target: Target, wanted: Wanted, version: int | None = None) -> Target:
    """Change what a target is about.

    Refused: no name or node, the name stands at that node already, changed by somebody else since ``version``.
    """
    require(actor, EDIT, outpost_scope(target.outpost_id))
    _check(wanted)
    wanted = _by_node(target.outpost, wanted)
    with recorded(actor=actor, now=now) as unit:
        row = _live(target)
        refuse_if_changed(row, KIND, version, "pipeline.target_changed_meanwhile")
        other = _standing(row.outpost, wanted)
        if other is not None and other.pk != row.pk:
            who = other.owner.display_name if other.owner else "尚无责任人"
            raise refuse("pipeline.target_known", name=other.name, node=other.node, who=who)
        before = unit.before(row, KIND)
        _put(row, wanted)
        row.version += 1
        row.save()
        unit.changed(row, kind=KIND, before=before)
    return row


def assign_targets(*, actor: Actor, now: datetime, targets: Sequence[Target], owner: User) -> int:
    """Hand targets to one colleague; returns how many changed hands. Refused: none picked, no colleague of an outpost."""
    if not targets:
        raise refuse("pipeline.target_none_picked")
    changed = 0
    with recorded(actor=actor, now=now) as unit:
        for target in targets:
            require(actor, EDIT, outpost_scope(target.outpost_id))
            row = _live(target)
            _check_colleague(row.outpost, owner, now)
            if row.owner_id != owner.pk:
                before = unit.before(row, KIND)
                row.owner, row.version = owner, row.version + 1
                row.save(update_fields=["owner", "version"])
                unit.changed(row, kind=KIND, before=before)
                changed += 1
    return changed


def record_contact(
    *,
    actor: Actor,
    now: datetime,
    target: Target,
    state: TargetState,
    result: str = "",
    contacted_on: date | None = None,
) -> Target:
    """Say how far it is: not yet, contacted (on which day), no interest, no longer tracked; talks begin by
    ``start_talks``. Refused: contacted without a day, a day to come, a project stands on it already.
    """
    require(actor, EDIT, outpost_scope(target.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    if contacted_on and contacted_on > today:
        raise refuse("pipeline.date_in_future", value=contacted_on.isoformat())
    with recorded(actor=actor, now=now) as unit:
        row = _live(target)
        _refuse_with_project(row)
        day = contacted_on or row.contacted_on
        if state == TargetState.CONTACTED and day is None:
            raise refuse("pipeline.target_date_needed")
        before = unit.before(row, KIND)
        row.state = state if state != TargetState.TALKING else TargetState.CONTACTED
        row.result, row.contacted_on, row.version = result.strip()[:300], day, row.version + 1
        row.save(update_fields=["state", "result", "contacted_on", "version"])
        unit.changed(row, kind=KIND, before=before)
    return row


def start_talks(
    *, actor: Actor, now: datetime, target: Target, project: Project | None = None, not_a_duplicate: bool = False
) -> Project:
    """Begin talks: link ``project`` of the same outpost, or register a lead. The target is 在谈 from now on.

    Refused: a project stands on it already, a project elsewhere; and as ``register_lead`` refuses (a duplicate).
    """
    require(actor, EDIT, outpost_scope(target.outpost_id))
    today = now.astimezone(SHANGHAI).date()
    with recorded(actor=actor, now=now) as unit:
        row = _live(target)
        _refuse_with_project(row)
        if project is None:
            lead = Lead(
                name=row.name,
                sponsor=row.name,
                source_channel="目标企业清单",
                one_line=row.why,
                industry=(row.chain or row.node)[:120],
                not_a_duplicate=not_a_duplicate,
            )
            project = register_lead(actor=actor, now=now, outpost=row.outpost, lead=lead, owner=row.owner)
        elif project.outpost_id != row.outpost_id:
            raise refuse("pipeline.target_other_outpost", code=project.code)
        before = unit.before(row, KIND)
        row.project, row.state, row.version = project, TargetState.TALKING, row.version + 1
        row.contacted_on = row.contacted_on or today
        row.save(update_fields=["project", "state", "contacted_on", "version"])
        unit.changed(row, kind=KIND, before=before)
    return project


def void_target(*, actor: Actor, now: datetime, target: Target, reason: str) -> Target:
    """Take a target back that was entered in error. Refused: no reason, a project stands on it."""
    require(actor, EDIT, outpost_scope(target.outpost_id))
    if not reason.strip():
        raise refuse("pipeline.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        row = _live(target)
        _refuse_with_project(row)
        before = unit.before(row, KIND)
        row.voided_at, row.void_reason, row.version = now, reason.strip()[:500], row.version + 1
        row.save(update_fields=["voided_at", "void_reason", "version"])
        unit.changed(row, kind=KIND, before=before, reason=row.void_reason, action="voided")
    return row


def _check(wanted: Wanted) -> None:
    if not fold_name(wanted.name):
        raise refuse("pipeline.target_name_needed")
    if not wanted.node.strip():
        raise refuse("pipeline.target_node_needed")


def _by_node(outpost: Outpost, wanted: Wanted) -> Wanted:
    """Return the same with its node and chain in the words of the home's content; one that it has not stays as written."""
    chains = find_chains(outpost.home)
    found = chains.find(wanted.node, wanted.chain) if chains else None
    if found is None:
        return wanted
    chain, node = found
    return replace(wanted, chain=chain.label["zh"], node=node.label["zh"])


def _check_colleague(outpost: Outpost, owner: User | None, now: datetime) -> None:
    if owner is None:
        return
    today = now.astimezone(SHANGHAI).date()
    held = Membership.objects.filter(user=owner, outpost=outpost, valid_from__lte=today)
    if not held.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=today)).exists():
        raise refuse("pipeline.target_not_colleague", name=owner.display_name)


def _standing(outpost: Outpost, wanted: Wanted) -> Target | None:
    rows = Target.objects.filter(outpost=outpost, node=wanted.node.strip(), name_folded=fold_name(wanted.name))
    return rows.filter(voided_at__isnull=True).select_related("owner").first()


def _made(unit: Unit, outpost: Outpost, wanted: Wanted, owner: User | None) -> Target:
    row = Target(outpost=outpost, owner=owner, recorded_by=unit.actor.label[:160], created_at=unit.now)
    _put(row, wanted)
    row.save()
    unit.created(row, kind=KIND)
    return row


def _put(row: Target, wanted: Wanted) -> None:
    row.name, row.name_folded = wanted.name.strip()[:160], fold_name(wanted.name)[:160]
    row.chain, row.node = wanted.chain.strip()[:80], wanted.node.strip()[:80]
    row.place_text, row.why = wanted.place_text.strip()[:120], wanted.why.strip()[:300]
    row.source, row.priority = wanted.source.strip()[:160], wanted.priority


def _live(target: Target) -> Target:
    row = (
        Target.objects.select_for_update(of=("self",))
        .select_related("outpost__home", "project", "owner")
        .get(pk=target.pk)
    )
    if row.voided_at is not None:
        raise refuse("pipeline.row_voided_already", reason=row.void_reason)
    return row


def _refuse_with_project(row: Target) -> None:
    if row.project is not None:
        raise refuse("pipeline.target_has_project", name=row.name, code=row.project.code)
