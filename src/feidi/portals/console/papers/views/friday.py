"""周五出稿: one page, one button; and what it made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from feidi.domain.parties.access import outpost_scope
from feidi.domain.reporting.models import BoundForm
from feidi.domain.reporting.selectors.forms import list_forms
from feidi.domain.reporting.selectors.paper_content import PaperContent, paper_content
from feidi.domain.reporting.selectors.paper_lists import highlights, own_words
from feidi.domain.reporting.selectors.paper_sources import source_label
from feidi.domain.reporting.selectors.papers import (
    Snapshot,
    differences,
    figure_words,
    get_run,
    latest_runs,
    snapshot_of,
)
from feidi.domain.reporting.services.friday import Press, press_friday
from feidi.domain.reporting.services.paper_writing import Wording, write_chat
from feidi.domain.reporting.services.papers import ISSUE, finding_of
from feidi.engines.findings import RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.messages import text_of
from feidi.portals.console.first_reports.card import Card
from feidi.portals.console.first_reports.views.cards import picture
from feidi.portals.console.papers import presenting
from feidi.portals.console.papers.forms import PressForm
from feidi.portals.console.papers.scope import Scope, read_scope
from feidi.portals.console.pipeline.views.saving import INVALID, REFUSED
from feidi.portals.ui.forms import add_refusal
from feidi.portals.ui.pieces import Crumb
from feidi.portals.ui.requests import FeidiRequest

#: A picture is read on a phone: no more lines than fit on one screen.
_MOST_LINES = 14
WORDS = ("highlights", "problems", "coordination", "next_steps")


@require_http_methods(["GET", "POST"])
def friday_view(request: FeidiRequest) -> HttpResponse:
    """Show the figures, forms, papers and chat text of a day; the button fills, writes and keeps them all."""
    scope = read_scope(request, request.POST if request.method == "POST" else None)
    content, snapshot = paper_content(scope.outpost, scope.as_of), scope.snapshot(request.actor)
    bound = _forms(request.actor, scope)
    words = first_words(request.actor, snapshot)
    form = _press_form(request, bound, content, words)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                made = press_friday(
                    actor=request.actor, now=request.now, snapshot=snapshot, press=_press(form, scope, bound)
                )
            except RefusedError as error:
                add_refusal(form, error.refusal)
                status = REFUSED
            else:
                for each in made.skipped:
                    messages.warning(request, text_of(each))
                messages.success(request, _("已出稿，三处数字出自同一份快照。"))
                return redirect("console:papers:run_view", made.uid)
    chat = write_chat(content, snapshot, Wording(words))
    context = {
        "scope": scope,
        "form": form,
        "bound": bound,
        "tiles": presenting.tiles_of(snapshot),
        "unplaced": snapshot.unplaced,
        "as_of": scope.as_of,
        "chat": chat.text,
        "content": content,
        "may_issue": request.actor.may(ISSUE, outpost_scope(scope.outpost.pk)),
        "latest": latest_runs(request.actor, scope.outpost),
    }
    return render(request, "console/papers/friday_view.html", context, status=status)


def first_words(actor: Actor, snapshot: Snapshot) -> dict[str, str]:
    """Return the first draft of a person's words, out of the projects."""
    return {
        "highlights": highlights(actor, snapshot),
        "problems": own_words(actor, snapshot, "problems"),
        "coordination": own_words(actor, snapshot, "coordination"),
        "next_steps": own_words(actor, snapshot, "next_step"),
    }


def _forms(actor: Actor, scope: Scope) -> list[BoundForm]:
    """Return the forms of the outpost that belong to the plaque, or to none."""
    found = list_forms(actor).filter(outpost=scope.outpost)
    return [each for each in found if not scope.plaque or each.plaque in ("", scope.plaque)]


def _press_form(
    request: FeidiRequest, bound: list[BoundForm], content: PaperContent, words: dict[str, str]
) -> PressForm:
    kinds = [each for each in content.kinds.values() if not set(each.fields) & {"subject", "body"}]
    initial = {
        **words,
        "forms_chosen": [each.uid for each in bound if each.bindings],
        "kinds": [each.code for each in kinds if each.friday],
    }
    return PressForm(
        request.POST if request.method == "POST" else None,
        bound=bound,
        kinds=kinds,
        english=get_language() == "en",
        fields=WORDS,
        initial=initial,
    )


def _press(form: PressForm, scope: Scope, bound: list[BoundForm]) -> Press:
    data: dict[str, Any] = form.cleaned_data
    chosen = set(data.get("forms_chosen") or ())
    return Press(
        forms=[each for each in bound if each.uid in chosen],
        kinds=data["kinds"],
        plaque=scope.plaque,
        wording=Wording({name: data[name] for name in WORDS}),
    )


@require_safe
def run_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show what one press made: chat text, filled forms, papers, and the figures they share."""
    run = get_run(request.actor, uid)
    frame = run.papers[0].paragraphs[0] if run.papers else run.fillings[0].figures
    span = str(frame.get("span", "week"))
    snapshot = snapshot_of(request.actor, run.outpost, run.as_of, span, plaque=run.plaque)
    kinds = paper_content(run.outpost, run.as_of).kinds
    context = {
        "run": run,
        "uid": uid,
        "crumbs": presenting.crumbs(_("截至 {day} 的出稿").format(day=run.as_of.isoformat())),
        "papers": [
            (each, presenting.kind_label(kinds[each.kind].label) if each.kind in kinds else each.kind)
            for each in run.papers
        ],
        "fillings": [_filling(each) for each in run.fillings],
        "figures": [
            (
                each["label"],
                figure_words(each),
                presenting.figure_url(run.outpost, run.as_of, span, each["id"], run.plaque),
            )
            for each in run.figures
        ],
        "corrections": presenting.corrections_of(differences(request.actor, run.figures, snapshot)),
        "size": len(run.chat_text),
    }
    return render(request, "console/papers/run_view.html", context)


@require_safe
def card_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """Show what one press made as a picture to save or forward, and its chat text."""
    run = get_run(request.actor, uid)
    here = reverse("console:papers:run_view", args=[uid])
    title = _("截至 {day} 的出稿").format(day=run.as_of.isoformat())
    context = {
        "title": title,
        "file_name": f"report-{run.as_of:%Y%m%d}",
        "lines": _card_lines(run.figures),
        "image_url": reverse("console:papers:card_image", args=[uid]),
        "copy_text": run.chat_text,
        "crumbs": [*presenting.crumbs(title)[:-1], Crumb(title, here), Crumb(_("图片"))],
    }
    return render(request, "console/first_reports/card_view.html", context)


@require_safe
def card_image(request: FeidiRequest, uid: str) -> HttpResponse:
    """Draw the figures of one press as PNG, as they were issued; the QR opens the press."""
    run = get_run(request.actor, uid)
    title = _("主要数字（截至 {day}）").format(day=run.as_of.isoformat())
    card = Card(title, run.outpost.short_name, _card_lines(run.figures), wide=True)
    address = request.build_absolute_uri(reverse("console:papers:run_view", args=[uid]))
    return picture(request, card, address, f"report-{run.as_of:%Y%m%d}")


def _card_lines(figures: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    return [(each["label"], figure_words(each)) for each in figures[:_MOST_LINES]]


def _filling(row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "changed": [{**each, "label": source_label(each["source"])} for each in row.figures.get("changed", ())],
        "findings": [finding_of(each) for each in row.figures.get("findings", ())],
    }
