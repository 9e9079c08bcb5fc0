"""Adding targets: one, many pasted lines, a workbook; and changing one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.selectors.targets import get_target, known_as, known_nodes
from feidi.domain.pipeline.services.targets import (
    EDIT,
    Added,
    Wanted,
    add_target,
    add_targets,
    change_target,
    read_lines,
    read_sheet,
)
from feidi.engines.findings import RefusedError
from feidi.portals.console.pipeline.views.projects import colleagues, outposts_of
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED, save_page, sent, uploaded
from feidi.portals.console.targets.chains import all_chains
from feidi.portals.console.targets.forms import ImportForm, PasteForm, TargetEditForm, TargetForm
from feidi.portals.ui.forms import Form, add_refusal
from feidi.portals.ui.requests import FeidiRequest

_ABOUT = ("name", "node", "chain", "place_text", "why", "source", "priority")


def _choices(request: FeidiRequest) -> dict[str, Any]:
    return {"outposts": outposts_of(request.actor, EDIT), "users": colleagues(request.actor)}


def _suggestions(request: FeidiRequest) -> dict[str, Any]:
    """Return chains and nodes to choose from: what is missing by content first, then what was written before."""
    known = known_nodes(request.actor)
    gaps = [pair for _home, each in all_chains(outposts_of(request.actor, EDIT)) for pair in each.gaps()]
    chains = [chain.label["zh"] for chain, _node in gaps] + sorted({chain for chain, _node in known if chain})
    nodes = [node.label["zh"] for _chain, node in gaps] + sorted({node for _c, node in known})
    return {"chains": list(dict.fromkeys(chains)), "nodes": list(dict.fromkeys(nodes))}


def _about(request: FeidiRequest) -> dict[str, str]:
    """Return the node that the address names: one comes from the chains."""
    return {name: request.GET.get(name, "")[:80] for name in ("chain", "node")}


@require_http_methods(["GET", "POST"])
def target_new(request: FeidiRequest) -> HttpResponse:
    """Add one firm; says what the outpost has of the name already."""
    require(request.actor, EDIT)

    def save(data: dict[str, Any]) -> None:
        outpost = data["outpost"]
        known = known_as(outpost, data["name"])
        wanted = Wanted(**{key: data[key] for key in _ABOUT})
        add_target(actor=request.actor, now=request.now, outpost=outpost, wanted=wanted, owner=data["owner"])
        for project in known.projects:
            text = _("这个名字已有项目：{code} {name}，可在目标页“关联已有项目”。")
            messages.info(request, text.format(code=project.code, name=project.name))

    return save_page(
        request,
        template="console/targets/target_form.html",
        form=TargetForm(sent(request), initial=_about(request), **_choices(request)),
        save=save,
        done=_("已加入目标企业清单。"),
        onward=reverse("console:targets:target_list"),
        fields={"pipeline.target_known": "name"},
        extra={
            "title": _("加一家目标企业"),
            "subtitle": "",
            "submit": _("加入"),
            "added": None,
            **_suggestions(request),
        },
    )


@require_http_methods(["GET", "POST"])
def target_paste(request: FeidiRequest) -> HttpResponse:
    """Add many firms, one a line."""
    require(request.actor, EDIT)
    form = PasteForm(sent(request), initial=_about(request), **_choices(request))
    return _many(request, form, _("粘贴名单"), lambda data, common: read_lines(data["lines"], common))


@require_http_methods(["GET", "POST"])
def target_import(request: FeidiRequest) -> HttpResponse:
    """Add the firms of a workbook."""
    require(request.actor, EDIT)
    form = ImportForm(*uploaded(request), **_choices(request))
    return _many(
        request,
        form,
        _("导入目标企业"),
        lambda data, common: read_sheet(b"".join(data["file"].chunks()), data["file"].name, common),
    )


def _many(
    request: FeidiRequest,
    form: Form,
    title: str,
    read: Callable[[dict[str, Any], Wanted], list[tuple[int, Wanted]]],
) -> HttpResponse:
    """Add what was read; lines left out are shown with why, everything else stands in the list."""
    status, added = 200, None
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            data = form.cleaned_data
            try:
                common = Wanted("", data["node"], chain=data["chain"], priority=data["priority"])
                added = _add(request, data["outpost"], read(data, common), data["owner"])
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                messages.success(request, _("加入 {n} 家。").format(n=len(added.made)))
                if not added.findings:
                    return redirect("console:targets:target_list")
                status = 200
    context = {
        "form": form,
        "added": added,
        "title": title,
        "subtitle": "",
        "submit": _("加入"),
        "onward": reverse("console:targets:target_list"),
        **_suggestions(request),
    }
    return render(request, "console/targets/target_form.html", context, status=status)


def _add(request: FeidiRequest, outpost: Outpost, wanted: list[tuple[int, Wanted]], owner: Any) -> Added:
    return add_targets(actor=request.actor, now=request.now, outpost=outpost, wanted=wanted, owner=owner)


@require_http_methods(["GET", "POST"])
def target_edit(request: FeidiRequest, uid: str) -> HttpResponse:
    """Change what a target is about."""
    target = get_target(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(target.outpost_id))

    def save(data: dict[str, Any]) -> None:
        version = data.pop("version")
        change_target(actor=request.actor, now=request.now, target=target, wanted=Wanted(**data), version=version)

    return save_page(
        request,
        template="console/promises/form_page.html",
        form=TargetEditForm(sent(request), initial={key: getattr(target, key) for key in (*_ABOUT, "version")}),
        save=save,
        done=_("已保存。"),
        onward=reverse("console:targets:target_view", args=[uid]),
        fields={"pipeline.target_known": "name"},
        extra={"title": _("修改目标企业"), "subtitle": target.name, "submit": _("保存")},
    )
