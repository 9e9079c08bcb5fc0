"""Correcting an organization: its numbers and names, and the firm that a team became."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from feidi.domain.parties.enums import AliasKind, IdentifierScheme, PairKind, RelationKind
from feidi.domain.parties.models import Organization
from feidi.domain.parties.selectors.corrections import corrections_of, joined_to
from feidi.domain.parties.selectors.lookup import get_organization
from feidi.domain.parties.selectors.pairs import PairFilter, list_pairs
from feidi.domain.parties.services.corrections import acting_outpost, add_alias, correct_number, drop_alias
from feidi.domain.parties.services.relations import continue_as
from feidi.domain.pipeline.services.renaming import rename_sponsor
from feidi.kernel.access import Actor
from feidi.portals.console.parties.forms import AliasForm, ContinueForm, NumberForm, RenameForm
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.ui.requests import FeidiRequest

TEMPLATE = "console/daily/form.html"
ACTIONS = {
    "number_corrected": gettext_lazy("更正号码"),
    "renamed": gettext_lazy("改名"),
    "alias_added": gettext_lazy("登记名称"),
    "alias_dropped": gettext_lazy("去掉名称"),
    "continued": gettext_lazy("延续为公司"),
}
#: Relation as seen from the greater side.
INWARD = {
    RelationKind.CONTINUED_AS: gettext_lazy("由此延续而来"),
    RelationKind.BRANCH_OF: gettext_lazy("它的分支机构"),
    RelationKind.SUBSIDIARY_OF: gettext_lazy("它的子公司"),
}
OUTWARD = {
    RelationKind.CONTINUED_AS: gettext_lazy("延续为"),
    RelationKind.BRANCH_OF: gettext_lazy("总部"),
    RelationKind.SUBSIDIARY_OF: gettext_lazy("母公司"),
}


def _own(request: FeidiRequest, uid: str) -> Organization:
    """Return one that the actor may correct; who may only look is refused, others find nothing."""
    organization = get_organization(request.actor, uid)
    acting_outpost(request.actor, organization)
    return organization


def _record(uid: str) -> str:
    return reverse("console:parties:organization_view", args=[uid])


@require_http_methods(["GET", "POST"])
def organization_number(request: FeidiRequest, uid: str) -> HttpResponse:
    """Put a number right, or add one; who else holds it goes into the review queue."""
    organization = _own(request, uid)
    was = request.GET.get("was", "")
    held = organization.identifiers.filter(value=was).first() if was else None
    start = {"scheme": held.scheme if held else IdentifierScheme.USCC, "was": was if held else "", "value": was}

    def save(data: dict[str, Any]) -> None:
        correct_number(
            actor=request.actor, now=request.now, organization=organization, reason=data.pop("change_reason"), **data
        )
        pairs = list_pairs(request.actor, PairFilter(organization_id=organization.pk, kind=PairKind.NUMBER))
        if pairs.exists():
            messages.warning(request, _("另一家单位也登记了这个号码，已放进查重，请核对是不是同一家。"))

    return save_page(
        request,
        template=TEMPLATE,
        form=NumberForm(sent(request), initial=start),
        save=save,
        done=_("号码已更正。"),
        onward=_record(uid),
        fields={
            "parties.uscc_length": "value",
            "parties.uscc_letter": "value",
            "parties.uscc_check": "value",
            "parties.uscc_body_check": "value",
        },
        extra={"title": _("更正号码") if held else _("登记号码"), "subtitle": organization.name},
    )


@require_http_methods(["GET", "POST"])
def organization_rename(request: FeidiRequest, uid: str) -> HttpResponse:
    """Call it otherwise; the sponsor's name on one's own projects follows."""
    organization = _own(request, uid)

    def save(data: dict[str, Any]) -> None:
        followed = rename_sponsor(
            actor=request.actor, now=request.now, organization=organization, reason=data.pop("change_reason"), **data
        )
        if followed:
            messages.info(request, _("{n} 个项目的投资方名称随之改了。").format(n=followed))

    return save_page(
        request,
        template=TEMPLATE,
        form=RenameForm(sent(request), initial={"name": organization.name}),
        save=save,
        done=_("名称已改。"),
        onward=_record(uid),
        extra={"title": _("改名"), "subtitle": organization.name},
    )


@require_http_methods(["GET", "POST"])
def alias_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Write down another name by which it is found and compared."""
    organization = _own(request, uid)

    def save(data: dict[str, Any]) -> None:
        kind = AliasKind(data["kind"])
        add_alias(actor=request.actor, now=request.now, organization=organization, kind=kind, name=data["name"])

    return save_page(
        request,
        template=TEMPLATE,
        form=AliasForm(sent(request), initial={"kind": AliasKind.FORMER}),
        save=save,
        done=_("名称已登记，查重和搜索都认得。"),
        onward=_record(uid),
        fields={"parties.alias_there": "name"},
        extra={"title": _("登记曾用名或简称"), "subtitle": organization.name},
    )


@require_POST
def alias_drop(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take another name away that was never its own."""
    drop_alias(
        actor=request.actor,
        now=request.now,
        organization=_own(request, uid),
        name=request.POST.get("name", ""),
        reason=request.POST.get("reason", ""),
    )
    messages.success(request, _("已去掉，更正记录里可查。"))
    return redirect(_record(uid))


@require_http_methods(["GET", "POST"])
def organization_continue(request: FeidiRequest, uid: str) -> HttpResponse:
    """Say as which firm a team goes on: two organizations, joined, never merged."""
    organization = _own(request, uid)
    return save_page(
        request,
        template=TEMPLATE,
        form=ContinueForm(sent(request)),
        save=lambda data: continue_as(actor=request.actor, now=request.now, organization=organization, **data),
        done=_("已登记延续关系，两个单位都保留。"),
        onward=_record(uid),
        fields={"parties.uscc_invalid": "uscc", "parties.relation_in_future": "since"},
        extra={"title": _("团队注册为公司"), "subtitle": organization.name},
    )


def corrected_context(actor: Actor, organization: Organization) -> dict[str, Any]:
    """Return what the record page shows of this, a fixed number of queries; for a tenant nothing."""
    if not actor.may("party.view"):
        return {"joined": [], "corrections": [], "aliases": [], "numbers": []}
    return {
        "joined": [
            {"row": each, "how": (INWARD if each.inward else OUTWARD)[RelationKind(each.kind)]}
            for each in joined_to(actor, organization)
        ],
        "corrections": [{"row": each, "action": ACTIONS[each.action]} for each in corrections_of(actor, organization)],
        "aliases": [{"name": each.name, "hidden": (("name", each.name),)} for each in organization.aliases.all()],
        "numbers": list(organization.identifiers.all()),
    }
