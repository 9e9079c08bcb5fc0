"""Organizations as the pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.parties.enums import AliasKind, IdentifierScheme, OrganizationKind
from feidi.domain.parties.models import ContactPoint, Organization, OrganizationIdentifier
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.tables import stage_table
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.portals.console.pipeline.presenting import marks_of
from feidi.portals.console.words import say
from feidi.portals.ui.pieces import Badge, Column, Crumb, Row

COLUMNS = [
    Column("name", gettext_lazy("单位"), sortable=True, lead=True),
    Column("code", gettext_lazy("统一社会信用代码")),
    Column("kinds", gettext_lazy("类别")),
    Column("place", gettext_lazy("注册地")),
    Column("since", gettext_lazy("开始联系"), whole=True),
    Column("outposts", gettext_lazy("驻点"), shown=False),
    Column("founded", gettext_lazy("成立日期"), sortable=True, shown=False),
]
SORT_FIELDS = {"name": "name_folded", "founded": "founded_on"}
PROJECT_COLUMNS = [
    Column("name", gettext_lazy("项目"), lead=True),
    Column("code", gettext_lazy("编号")),
    Column("stage", gettext_lazy("阶段")),
    Column("owner", gettext_lazy("责任人")),
]


def row_of(organization: Organization) -> Row:
    """Return the organization as a list row; kinds, identifiers and links are prefetched."""
    links = list(organization.links.all())
    return Row(
        cells={
            "name": organization.name,
            "code": code_of(organization),
            "kinds": [OrganizationKind(each.kind).label for each in organization.kinds.all()],
            "place": place_of(organization),
            "since": links[0].since if links else None,
            "outposts": [link.outpost.short_name for link in links],
            "founded": organization.founded_on,
        },
        url=reverse("console:parties:organization_view", args=[organization.uid]),
        uid=organization.uid,
        badges=_doubts(organization),
    )


def _doubts(organization: Organization) -> list[Badge]:
    if any(not each.valid for each in organization.identifiers.all()):
        return [Badge(_("代码校验位不对"), "warn", "alert-triangle")]
    return []


def code_of(organization: Organization) -> str:
    """Return the credit code, else the first other number; empty when none is known."""
    known = list(organization.identifiers.all())
    first = next((each for each in known if each.scheme == IdentifierScheme.USCC), known[0] if known else None)
    return first.value if first else ""


def place_of(organization: Organization) -> str:
    """Return where it is registered."""
    return organization.place.name_zh if organization.place else organization.place_text


def number_cell(identifier: OrganizationIdentifier) -> SafeString:
    """Return a number with a word on its check digit."""
    tone, word = ("ok", _("校验位正确")) if identifier.valid else ("warn", _("校验位不对，请对照营业执照"))
    return format_html('<code>{}</code> <span class="tag tag-{}">{}</span>', identifier.value, tone, word)


def record_pairs(organization: Organization) -> list[tuple[Any, Any]]:
    """Return names, numbers, industries as name and value."""
    numbers: list[tuple[Any, Any]] = [
        (IdentifierScheme(each.scheme).label, number_cell(each)) for each in organization.identifiers.all()
    ]
    aliases = [(AliasKind(each.kind).label, each.name) for each in organization.aliases.all()]
    return [
        *(numbers or [(_("统一社会信用代码"), None)]),
        (_("注册地"), place_of(organization)),
        (_("成立日期"), organization.founded_on),
        (_("产业领域"), [f"{each.code} {each.label}".strip() for each in organization.industries.all()] or None),
        *aliases,
    ]


def kind_badges(organization: Organization) -> list[Badge]:
    """Return what the organization is, and whether it was voided."""
    found = [Badge(OrganizationKind(each.kind).label, "info") for each in organization.kinds.all()]
    if organization.voided_at:
        found.append(Badge(_("已作废"), "bad", title=organization.void_reason))
    return found


def reachable(actor: Actor, point: ContactPoint) -> dict[str, Any]:
    """Return a contact point for the contact component; it can be unmasked only where that is permitted."""
    may = actor.may("contact.unmask", Scope(ScopeKind.OUTPOST, point.outpost_id))
    return {
        "masked": point.value_hint,
        "kind": {"phone": "phone", "email": "mail"}.get(point.kind, "wechat"),
        "label": point.get_kind_display(),
        "id": f"contact-{point.uid}",
        "unmask_url": reverse("console:parties:contact_unmask", args=[point.uid]) if may else "",
    }


def persons_of(actor: Actor, organization: Organization) -> list[dict[str, Any]]:
    """Return the persons with their masked contacts, and the organization's own contacts under no name."""
    persons = [
        {
            "name": each.name,
            "title": each.title,
            "outpost": each.outpost.short_name,
            "points": [reachable(actor, point) for point in each.contact_points.all()],
        }
        for each in organization.persons.all()
    ]
    own = [reachable(actor, point) for point in organization.contact_points.all()]
    return [*([{"name": _("单位总机"), "title": "", "outpost": "", "points": own}] if own else []), *persons]


def stage_labels(projects: Sequence[Project]) -> dict[int, str]:
    """Return project id → where its talks stand, asking for each outpost's stage table once."""
    outposts = {each.outpost_id: each.outpost for each in projects}
    tables = {pk: stage_table(outpost) for pk, outpost in outposts.items()}
    found = {each.pk: tables[each.outpost_id].stage("talks", each.talks_stage) for each in projects}
    return {each.pk: say(stage.label) if (stage := found[each.pk]) else each.talks_stage for each in projects}


def project_row(project: Project, stage: str) -> Row:
    """Return a project in which the organization takes part."""
    return Row(
        cells={
            "name": project.name,
            "code": project.code,
            "stage": stage,
            "owner": project.owner_text,
        },
        url=reverse("console:pipeline:project_view", args=[project.uid]),
        uid=project.uid,
        badges=marks_of(project),
    )


def crumbs(last: str) -> list[Crumb]:
    """Return the way to a page of this part."""
    return [Crumb(_("单位与人员"), reverse("console:parties:organization_list")), Crumb(last)]


def wechat_text(organization: Organization, projects: Sequence[Project], stages: dict[int, str]) -> str:
    """Return clean lines for a chat message, at most 300 characters, without any contact."""
    kinds = "、".join(str(OrganizationKind(each.kind).label) for each in organization.kinds.all())
    lines = [
        f"【{organization.name}】{kinds}",
        *([f"{_('代码')}：{code_of(organization)}"] if code_of(organization) else []),
        *([f"{_('注册地')}：{place_of(organization)}"] if place_of(organization) else []),
        *(f"{_('项目')}：{each.name}（{stages[each.pk]}）" for each in projects),
    ]
    return "\n".join(lines)[:300]
