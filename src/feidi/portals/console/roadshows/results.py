"""结果: official by the rule with every score, internal with correction, sealed, printed, carried onward."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.pipeline.enums import Stage
from feidi.domain.roadshow.models import Entry, Round, Seal, Sheet
from feidi.domain.roadshow.roadshow_access import EDIT, SEAL
from feidi.domain.roadshow.roadshow_kinds import SEAL as SEAL_KIND
from feidi.domain.roadshow.selectors.roadshow_results import (
    Internal,
    counted_sheets,
    internal_result,
    official_results,
)
from feidi.domain.roadshow.selectors.roadshows import get_entry, get_round, get_seal
from feidi.domain.roadshow.services.dealing import live_entries
from feidi.domain.roadshow.services.feeding import feed_project
from feidi.domain.roadshow.services.result_papers import is_signed, print_result, result_of
from feidi.domain.roadshow.services.scoring import shown
from feidi.domain.roadshow.services.sealing import is_intact, seal_round, void_seal
from feidi.kernel.messages import text_of
from feidi.kernel.subjects import Subject
from feidi.portals.console.papers.signing import prints_of, signed_copy_page
from feidi.portals.console.roadshows import presenting
from feidi.portals.console.roadshows.asking import editable_round, may, round_crumbs, round_url
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def result_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The official result of a round by its written rule, each score a link to its sheet."""
    row = get_round(request.actor, uid)
    entries, sheets = live_entries(row), counted_sheets(row)
    context = {
        "row": row,
        "groups": [
            {
                "name": each.group,
                "refusal": each.refusal,
                "findings": each.result.findings if each.result else (),
                "places": [_place(place, entries, sheets) for place in each.result.places] if each.result else [],
            }
            for each in official_results(row, entries, sheets)
        ],
        "crumbs": round_crumbs(row, _("结果")),
    }
    return render(request, "console/roadshows/result_view.html", context)


def _place(place: Any, entries: list[Entry], sheets: list[Sheet]) -> dict[str, Any]:
    entry = next(each for each in entries if each.uid == place.project)
    given = [(each, shown(each.total)) for each in sheets if each.entry_id == entry.pk]
    return {"place": place, "entry": entry, "given": given}


@require_GET
def internal_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """The corrected order: uncertainty, how far judges agree, where it differs and why. Internal, never the result."""
    row = get_round(request.actor, uid)
    entries, sheets = live_entries(row), counted_sheets(row)
    names = {each.uid: each.project.name for each in entries}
    groups = sorted({each.group for each in entries})
    told = [(group, _internal(internal_result(row, sheets, group), names)) for group in groups]
    context = {"row": row, "groups": told, "crumbs": round_crumbs(row, _("宽严校正（内部）"))}
    return render(request, "console/roadshows/internal_view.html", context)


def _internal(found: Internal, names: dict[str, str]) -> dict[str, Any]:
    """Return one group's correction in words and rounded figures."""
    corrected = found.corrected
    sure = corrected.sure if corrected else 0
    return {
        "refusal": found.refusal,
        "agreement": found.agreement,
        "residual": corrected.residual if corrected else None,
        "places": [
            (each.rank, names[each.project], f"{each.score:.2f}", f"{sure * each.error:.2f}", f"{each.mean:.2f}")
            for each in (corrected.places if corrected else ())
        ],
        "judges": [
            (each.judge, f"{each.effect:+.2f}", f"{sure * each.error:.2f}", each.reads, _effect(each))
            for each in (corrected.judges if corrected else ())
        ],
        "moved": [
            (names[each.project], each.official, each.corrected, " ".join(str(text_of(why)) for why in each.reasons), each.crosses)
            for each in found.differences
        ],
    }  # fmt: skip


def _effect(each: Any) -> str:
    if not each.told:
        return _("看不出宽严")
    return _("偏严") if each.effect < 0 else _("偏宽")


@require_POST
def round_seal(request: FeidiRequest, uid: str) -> HttpResponse:
    """Seal the official result."""
    row = get_round(request.actor, uid)
    seal = seal_round(actor=request.actor, now=request.now, round_=row)
    messages.success(request, _("结果已封存。打印结果单，请评委签字。"))
    return redirect("console:roadshows:seal_view", seal.uid)


@require_GET
def seal_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """A sealed result: ranking, hash, prints and signed copies, where each project may go on to."""
    seal = get_seal(request.actor, uid)
    row = seal.round
    context = {
        "seal": seal,
        "row": row,
        "intact": is_intact(seal),
        "pairs": presenting.seal_pairs(seal),
        "ranking": _ranking(seal),
        "prints": prints_of(Subject(SEAL_KIND, seal.uid)),
        "signed": is_signed(seal),
        "live": seal.voided_at is None,
        "may": may(request.actor, EDIT, row.roadshow.outpost_id),
        "may_void": may(request.actor, SEAL, row.roadshow.outpost_id) and seal.voided_at is None,
        "may_files": request.actor.may("file.view"),
        "crumbs": round_crumbs(row, _("封存")),
    }
    return render(request, "console/roadshows/seal_view.html", context)


def _ranking(seal: Seal) -> list[dict[str, Any]]:
    rows = Entry.objects.filter(uid__in=[each["entry"] for each in seal.document["ranking"]]).select_related("project")
    entries = {each.uid: each for each in rows}
    return [{**each, "row": entries.get(each["entry"])} for each in seal.document["ranking"]]


@require_POST
def seal_void(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a sealed result back, with the reason; both are kept."""
    seal = get_seal(request.actor, uid)
    void_seal(actor=request.actor, now=request.now, seal=seal, reason=request.POST.get("reason", ""))
    messages.success(request, _("封存已作废并保留；本轮回到“收分”。"))
    return redirect(round_url(seal.round.uid))


@require_POST
def seal_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print the result sheet with its QR."""
    form = print_result(actor=request.actor, now=request.now, seal=get_seal(request.actor, uid))
    return redirect("console:pipeline:form_view", form.uid)


@require_http_methods(["GET", "POST"])
def seal_signed(request: FeidiRequest, uid: str) -> HttpResponse:
    """The result sheet comes back signed; its QR says which print it is."""
    seal = get_seal(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(seal.round.roadshow.outpost_id))
    return signed_copy_page(
        request,
        subject=Subject(SEAL_KIND, seal.uid),
        title=_("结果单：{name}").format(name=seal.round.name),
        onward=reverse("console:roadshows:seal_view", args=[uid]),
        current_data=result_of(seal),
    )


@require_POST
def project_feed(request: FeidiRequest, uid: str) -> HttpResponse:
    """Carry a result onward: into 考察, or onto the list of 重点, as the pipeline allows."""
    entry = get_entry(request.actor, uid)
    row: Round = editable_round(request, entry.round.uid)
    known = {each.value: each for each in Stage}
    to = known.get(request.POST.get("to", ""), Stage.LEAD)
    project = feed_project(actor=request.actor, now=request.now, entry=entry, to=to)
    messages.success(request, _("{name} 已进入“{stage}”。").format(name=project.name, stage=to.label))
    seal = row.seals.filter(voided_at__isnull=True).first()
    return redirect("console:roadshows:seal_view", seal.uid) if seal else redirect(round_url(row.uid))
