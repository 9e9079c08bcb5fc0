"""One round: who presents, who judges what and why, phases, sheets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.roadshow.models import Assignment, Entry, Interest, Judge, Recusal, Round
from feidi.domain.roadshow.roadshow_access import EDIT, SEAL
from feidi.domain.roadshow.roadshow_enums import RoundPhase, SheetState
from feidi.domain.roadshow.selectors.roadshow_sight import judge_fields
from feidi.domain.roadshow.selectors.roadshows import get_entry, get_round, get_sheet, list_interests
from feidi.domain.roadshow.services.dealing import assign_judge, deal_round, live_entries, unassign_judge
from feidi.domain.roadshow.services.phases import ORDER, missing_for, step_round
from feidi.domain.roadshow.services.recusing import lift_recusal, point_out
from feidi.domain.roadshow.services.score_papers import judges_dealt
from feidi.domain.roadshow.services.scoring import shown, unlock_sheet
from feidi.domain.roadshow.services.shows import add_entries, move_entry, withdraw_entry
from feidi.engines.money import Money
from feidi.kernel.messages import text_of
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.roadshows import presenting
from feidi.portals.console.roadshows.asking import FORM, editable_round, may, round_crumbs, round_url
from feidi.portals.console.roadshows.forms import EntriesForm, PairForm
from feidi.portals.ui.requests import FeidiRequest


@require_GET
def round_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One round: its rule, entries with judges and recusals, what the next phase still lacks, who sees what when."""
    row = get_round(request.actor, uid)
    at = ORDER.index(RoundPhase(row.phase)) if row.phase in ORDER else len(ORDER)
    onward = ORDER[at + 1] if at + 1 < len(ORDER) else None
    seals = list(row.seals.order_by("-id"))
    context = {
        "row": row,
        "badges": [presenting.phase_badge(row)],
        "pairs": presenting.rule_pairs(row),
        "entries": presenting.entries_of(live_entries(row)),
        "onward": onward,
        "back": ORDER[at - 1] if 0 < at < len(ORDER) else None,
        "missing": list(missing_for(row, onward)) if onward else [],
        "sight": presenting.sight_table(row),
        "dealt": judges_dealt(row),
        "blind": "name" not in judge_fields(row),
        "interests": [(each, _ticket(each)) for each in list_interests(row)],
        "seal": next((each for each in seals if each.voided_at is None), None),
        "void_seals": [each for each in seals if each.voided_at is not None],
        "early": row.phase in {RoundPhase.PREPARING, RoundPhase.DECLARING, RoundPhase.READING},
        "may": may(request.actor, EDIT, row.roadshow.outpost_id),
        "may_seal": may(request.actor, SEAL, row.roadshow.outpost_id) and row.phase == RoundPhase.CLOSED,
        "closed": row.phase == RoundPhase.CLOSED,
        "crumbs": round_crumbs(row),
    }
    return render(request, "console/roadshows/round_view.html", context)


def _ticket(interest: Interest) -> Money | None:
    return None if interest.ticket_fen is None else Money(interest.ticket_fen, interest.currency)


@require_http_methods(["GET", "POST"])
def entry_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Let projects present."""
    row = editable_round(request, uid)

    def save(data: dict[str, Any]) -> None:
        more = {"projects": data["projects"], "group": data["group"]}
        add_entries(actor=request.actor, now=request.now, round_=row, **more)

    return save_page(
        request,
        template=FORM,
        form=EntriesForm(sent(request), actor=request.actor),
        save=save,
        done=_("已加入；与评委有关系的已自动回避。"),
        onward=round_url(uid),
        extra={"title": _("加项目"), "subtitle": row.name, "note": "", "crumbs": round_crumbs(row, _("加项目"))},
    )


def _entry(request: FeidiRequest, uid: str) -> Entry:
    entry = get_entry(request.actor, uid)
    require(request.actor, EDIT, outpost_scope(entry.round.roadshow.outpost_id))
    return entry


@require_POST
def entry_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Move an entry one place up or down in the running order."""
    entry = _entry(request, uid)
    move_entry(actor=request.actor, now=request.now, entry=entry, up=request.POST.get("way") == "up")
    return redirect(round_url(entry.round.uid))


@require_POST
def entry_withdraw(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take an entry out, with the reason."""
    entry = _entry(request, uid)
    withdraw_entry(actor=request.actor, now=request.now, entry=entry, reason=request.POST.get("reason", ""))
    messages.success(request, _("已退出。"))
    return redirect(round_url(entry.round.uid))


@require_POST
def round_deal(request: FeidiRequest, uid: str) -> HttpResponse:
    """Deal the projects to the judges anew."""
    row = editable_round(request, uid)
    for each in deal_round(actor=request.actor, now=request.now, round_=row):
        messages.warning(request, text_of(each))
    messages.success(request, _("已分配：每个项目同样多的评委，各评委份数尽量相等，专业相符的优先。"))
    return redirect(round_url(uid))


@require_POST
def round_step(request: FeidiRequest, uid: str) -> HttpResponse:
    """Enter the next phase, or go back with a reason."""
    row = editable_round(request, uid)
    known = {each.value: each for each in RoundPhase}
    to = known.get(request.POST.get("to", ""), RoundPhase.SEALED)
    step_round(actor=request.actor, now=request.now, round_=row, to=to, reason=request.POST.get("reason", ""))
    messages.success(request, _("已进入“{phase}”。").format(phase=to.label))
    return redirect(round_url(uid))


def _pair_form(request: FeidiRequest, row: Round) -> PairForm:
    judges = Judge.objects.filter(roadshow=row.roadshow_id, voided_at__isnull=True).order_by("id")
    entries = row.entries.filter(voided_at__isnull=True).select_related("project").order_by("position")
    return PairForm(sent(request), judges=judges, entries=entries, initial={"entry": request.GET.get("entry", "")})


@require_http_methods(["GET", "POST"])
def seat_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Let a judge read an entry, by hand; a recusal stands in the way and says why."""
    row = editable_round(request, uid)

    def save(data: dict[str, Any]) -> None:
        assign_judge(actor=request.actor, now=request.now, **data)

    return save_page(
        request,
        template=FORM,
        form=_pair_form(request, row),
        save=save,
        done=_("已分配。"),
        onward=round_url(uid),
        fields={"roadshow.judge_recused": "judge"},
        extra={"title": _("手工分配"), "subtitle": row.name, "note": "", "crumbs": round_crumbs(row, _("手工分配"))},
    )


@require_POST
def seat_free(request: FeidiRequest, uid: str) -> HttpResponse:
    """Free a seat, with the reason."""
    rows = Assignment.objects.filter(uid=uid, voided_at__isnull=True).select_related("judge__roadshow", "entry__round")
    seat = rows.get()
    row = editable_round(request, seat.entry.round.uid)
    unassign_judge(actor=request.actor, now=request.now, assignment=seat, reason=request.POST.get("reason", ""))
    return redirect(round_url(row.uid))


@require_http_methods(["GET", "POST"])
def recusal_add(request: FeidiRequest, uid: str) -> HttpResponse:
    """Set a judge aside from an entry."""
    row = editable_round(request, uid)

    def save(data: dict[str, Any]) -> None:
        point_out(actor=request.actor, now=request.now, **data)

    return save_page(
        request,
        template=FORM,
        form=_pair_form(request, row),
        save=save,
        done=_("已登记回避；打过的分保留、不计。"),
        onward=round_url(uid),
        extra={"title": _("登记回避"), "subtitle": row.name, "note": "", "crumbs": round_crumbs(row, _("登记回避"))},
    )


@require_POST
def recusal_lift(request: FeidiRequest, uid: str) -> HttpResponse:
    """Take a declared recusal back; one that follows from what is on record stands."""
    rows = Recusal.objects.filter(uid=uid, voided_at__isnull=True)
    recusal = rows.select_related("judge__roadshow", "entry__round", "entry__project").get()
    row = editable_round(request, recusal.entry.round.uid)
    lift_recusal(actor=request.actor, now=request.now, recusal=recusal, reason=request.POST.get("reason", ""))
    messages.success(request, _("回避已撤，原记录保留。"))
    return redirect(round_url(row.uid))


@require_GET
def sheet_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One judge's sheet for one entry, with every saving."""
    sheet = get_sheet(request.actor, uid)
    row = sheet.entry.round
    context = {
        "sheet": sheet,
        "points": [
            (each["zh"], f"{shown(sheet.points.get(each['code']))} / {each['points']}") for each in row.criteria
        ],
        "total": shown(sheet.total),
        "badge": presenting.SHEETS[sheet.state],
        "saves": [
            (each, "　".join(f"{one['zh']} {shown(each.points.get(one['code']))}" for one in row.criteria))
            for each in sheet.saves.order_by("-id")
        ],
        "may_unlock": may(request.actor, EDIT, row.roadshow.outpost_id)
        and sheet.state == SheetState.LOCKED
        and row.phase == RoundPhase.SCORING,
        "crumbs": round_crumbs(row, f"{sheet.judge.name} · {sheet.entry.project.name}"),
    }
    return render(request, "console/roadshows/sheet_view.html", context)


@require_POST
def sheet_unlock(request: FeidiRequest, uid: str) -> HttpResponse:
    """Give a locked sheet back to its judge, with the reason."""
    sheet = get_sheet(request.actor, uid)
    unlock_sheet(actor=request.actor, now=request.now, sheet=sheet, reason=request.POST.get("reason", ""))
    messages.success(request, _("已解锁，本人可以改了再锁定。"))
    return redirect("console:roadshows:sheet_view", uid)
