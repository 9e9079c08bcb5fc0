"""What the trail knows of a change, in words: which field, from what, to what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.pipeline.enums import (
    AgreementKind,
    ConditionCode,
    Counting,
    ProjectKind,
    SigningMethod,
    Stage,
)
from feidi.domain.pipeline.models import Agreement, Project
from feidi.domain.pipeline.services.agreement_changes import CORRECTED
from feidi.kernel.audit.models import AuditEntry
from feidi.kernel.messages import Words
from feidi.portals.console.pipeline.forms import AgreementForm, ProjectForm
from feidi.portals.ui.clock import business_date
from feidi.portals.ui.reading import read_actor

_HISTORY = 100
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}")
#: What the trail calls an act → how a history says it.
ACTIONS: Mapping[str, Words] = {
    "created": gettext_lazy("登记"),
    "changed": gettext_lazy("修改"),
    CORRECTED: gettext_lazy("更正"),
    "voided": gettext_lazy("作废"),
    "restored": gettext_lazy("恢复"),
    "plaques_set": gettext_lazy("归牌子"),
    "contact_added": gettext_lazy("添加联系人"),
    "home_entity_set": gettext_lazy("登记落户企业"),
    "exported": gettext_lazy("导出"),
}
_FORMS: Mapping[str, Words] = {
    name: field.label or ""
    for form in (AgreementForm, ProjectForm)
    for name, field in form.base_fields.items()
    if field.label
}
#: Columns that no form calls by this name.
FIELDS: Mapping[str, Words] = {
    **_FORMS,
    "sponsor_name": gettext_lazy("投资方/团队"),
    "owner_text": gettext_lazy("责任人"),
    "plaques": gettext_lazy("牌子"),
    "talks_stage": gettext_lazy("洽谈阶段"),
    "host_stage": gettext_lazy("驻点阶段"),
    "home_stage": gettext_lazy("落地阶段"),
    "condition": gettext_lazy("状态"),
    "last_talk_on": gettext_lazy("最近洽谈"),
    "stage_since": gettext_lazy("进入阶段"),
    "progress": gettext_lazy("最新进展"),
    "amount_text": gettext_lazy("金额"),
    "counting": gettext_lazy("计数"),
    "signing_method": gettext_lazy("签署方式"),
    "scan": gettext_lazy("扫描件"),
    "end_reason": gettext_lazy("终止原因"),
    "verified_on": gettext_lazy("核验落地"),
    "reported_at": gettext_lazy("首次报送"),
    **{
        f"{name}_text": _FORMS[name]
        for name in ("planned_investment", "fixed_investment", "expected_output", "expected_tax")
    },
}
_CODES: Mapping[str, Any] = {
    "counting": Counting,
    "signing_method": SigningMethod,
    "talks_stage": Stage,
    "host_stage": Stage,
    "home_stage": Stage,
    "condition": ConditionCode,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One field of a change in words."""

    label: Words
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Told:
    """One entry of a history: when, who, what was done, why, and which fields changed."""

    on: date
    who: str
    action: Words
    reason: str
    fields: list[Said]
    about: str = ""


def project_history(project: Project) -> list[Told]:
    """Return what the trail knows of the project's own row, newest first."""
    entries = AuditEntry.objects.filter(subject_kind="pipeline.project", subject_uid=project.uid).select_related("link")
    plaques = dict(project.outpost.plaques.values_list("code", "name"))
    told = [_told(each, ProjectKind) for each in entries.order_by("-id")[:_HISTORY]]
    return [replace(each, fields=[_plaques_named(one, plaques) for one in each.fields]) for each in told]


def _plaques_named(said: Said, names: Mapping[str, str]) -> Said:
    """Return a change of plaques in their names: the trail keeps codes."""
    if said.label != FIELDS["plaques"]:
        return said
    before, after = (
        "、".join(names.get(code, code) for code in text.split("、")) for text in (said.before, said.after)
    )
    return Said(said.label, before, after)


def corrections_of(agreements: Iterable[Agreement]) -> list[Told]:
    """Return every correction of these agreements, newest first: what was said before is never lost."""
    known = {each.uid: f"{each.get_kind_display()} {each.signed_on}" for each in agreements}
    entries = AuditEntry.objects.filter(
        subject_kind="pipeline.agreement", subject_uid__in=known, action=CORRECTED
    ).select_related("link")
    return [_told(each, AgreementKind, known[each.subject_uid]) for each in entries.order_by("-id")[:_HISTORY]]


def _told(entry: AuditEntry, kinds: Any, about: str = "") -> Told:
    action = ACTIONS.get(entry.action, entry.action)
    fields = [] if entry.action == "created" else list(_fields(entry.changes, kinds))
    return Told(business_date(entry.link.at), read_actor(entry.link.actor_label), action, entry.reason, fields, about)


def _fields(changes: Mapping[str, Any], kinds: Any) -> Iterable[Said]:
    """Yield the changed fields that have a name on screen; keys and helper columns have none."""
    for name, pair in changes.items():
        if name not in FIELDS or not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004 - before and after
            continue
        if any(str(each).startswith("keyed:") for each in pair):
            yield Said(FIELDS[name], "", _("已改动（个人信息，不留原值）"))
        elif name == "scan":
            yield Said(FIELDS[name], "", _("换了一份"))
        else:
            yield Said(FIELDS[name], *(_value(name, each, kinds) for each in pair))


def _value(name: str, value: Any, kinds: Any) -> str:
    if value in (None, ""):
        return _("空")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    codes = kinds if name == "kind" else _CODES.get(name)
    if codes is not None and value in codes.values:
        return str(codes(value).label)
    text = str(value)
    return text[:10] if _MOMENT.match(text) else text
