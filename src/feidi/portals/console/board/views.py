"""The board, one more part of a column, and moving a card."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from feidi.domain.parties.access import outposts_visible_to
from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.access import require_on
from feidi.domain.pipeline.enums import ConditionCode, Stage, Track
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.board import (
    CARDS,
    WAITING,
    BoardFilter,
    Card,
    board_projects,
    column_cards,
    column_counts,
    outposts_of_board,
    sorted_out,
)
from feidi.domain.pipeline.selectors.projects import get_project
from feidi.domain.pipeline.selectors.standing import explain
from feidi.domain.pipeline.services.moving import Move, move_project
from feidi.engines.findings import Refusal, RefusedError, refuse
from feidi.kernel.identity.models import User
from feidi.portals.console.pipeline import presenting
from feidi.portals.console.pipeline.views.projects import colleagues, only_own
from feidi.portals.ui import pieces
from feidi.portals.ui.forms import Form
from feidi.portals.ui.markup import addresses
from feidi.portals.ui.refusals import REFUSED
from feidi.portals.ui.requests import FeidiRequest

_FROM_BOARD = "board"


class BoardForm(Form):
    """Which track, whose cards."""

    track = forms.ChoiceField(label=gettext_lazy("轨道"), choices=Track.choices, required=False)
    outpost = forms.ModelChoiceField(label=gettext_lazy("驻点"), queryset=Outpost.objects.none(), required=False)
    owner = forms.ModelChoiceField(label=gettext_lazy("责任人"), queryset=User.objects.none(), required=False)
    words = forms.CharField(label=gettext_lazy("名称"), required=False, max_length=60)
    paused = forms.BooleanField(label=gettext_lazy("含暂缓、终止等"), required=False)

    def __init__(self, *args: Any, outposts: Any, users: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, rows in (("outpost", outposts), ("owner", users)):
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
            self.fields[name].empty_label = gettext_lazy("全部")  # type: ignore[attr-defined]


class _Board:
    """What one request looks at: the filter, the stages in order, and what links carry on."""

    def __init__(self, request: FeidiRequest, asked: Any) -> None:
        self.actor = request.actor
        self.outposts = {each.pk: each for each in outposts_of_board(request.actor)}
        self.form = BoardForm(
            asked,
            outposts=outposts_visible_to(request.actor, Outpost.objects.all()).order_by("code"),
            users=colleagues(request.actor, ever=True, among=list(self.outposts.values())),
        )
        self.form.is_valid()
        given: dict[str, Any] = self.form.cleaned_data
        outpost, owner = given.get("outpost"), given.get("owner")
        self.wanted = BoardFilter(
            track=Track(given.get("track") or Track.TALKS),
            outpost_id=outpost.pk if outpost else None,
            owner_id=owner.pk if owner else None,
            words=(given.get("words") or "").strip(),
            with_conditions=bool(given.get("paused")),
        )
        self.active = sum(1 for name, value in given.items() if value and name != "track")
        kept = ("track", "outpost", "owner", "words", "paused")
        self.kept = [(name, asked[name]) for name in kept if asked.get(name) and given.get(name)]
        self.projects = board_projects(request.actor, self.wanted)

    def stages(self) -> list[tuple[str, str]]:
        """Return (code, label) of the track's stages in order, as the outposts' homes call them."""
        prefix = f"{self.wanted.track.value}:"
        chosen = [each for each in self.outposts.values() if self.wanted.outpost_id in (None, each.pk)]
        found = [
            (code.removeprefix(prefix), label.rpartition(" · ")[2])
            for code, label in presenting.stage_choices(chosen)
            if code.startswith(prefix)
        ]
        waiting = [] if self.wanted.track is Track.TALKS else [(WAITING, _("已签约，待进入"))]
        return [*waiting, *found]

    def columns(self, only: set[str] | None = None) -> list[pieces.BoardColumn]:
        """Return the columns (``only`` these). One query for the counts, one per column; without an index two for all."""
        track = self.wanted.track
        indexed = track is Track.TALKS and not self.wanted.words
        found = None if indexed else sorted_out(self.projects, track)
        counts = column_counts(self.projects, track) if found is None else {}
        columns = []
        for code, label in self.stages():
            if only is None or code in only:
                if found is None:
                    count, cards = counts.get(code, 0), column_cards(self.projects, track, code)
                else:
                    count, cards = found.get(code, (0, []))
                columns.append(self._column(code, label, count, cards))
        return columns

    def _column(self, code: str, label: str, count: int, cards: list[Card]) -> pieces.BoardColumn:
        listed = (
            f"{reverse('console:pipeline:project_list')}?{urlencode({'stage': f'{self.wanted.track.value}:{code}'})}"
        )
        return pieces.BoardColumn(
            code=code,
            label=label,
            count=count,
            cards=self.drawn(cards),
            more_url=self.more_url(code, CARDS) if count > CARDS else "",
            list_url=listed if code else "",
        )

    def more_url(self, stage: str, offset: int) -> str:
        """Return the address of the next cards of a column."""
        asked = [*self.kept, ("stage", stage), ("offset", str(offset))]
        return f"{reverse('console:board:board_column')}?{urlencode(asked)}"

    def drawn(self, cards: list[Card]) -> list[pieces.Card]:
        """Return cards as the component draws them; which outpost is said only where there are several."""
        several, address = len(self.outposts) > 1, addresses("console:pipeline:project_view")
        return [self._card(each, address(each.uid), several=several) for each in cards]

    def _card(self, card: Card, url: str, *, several: bool) -> pieces.Card:
        marks = []
        if card.condition:
            marks.append(pieces.Badge(ConditionCode(card.condition).label, "warn"))
        if card.verified:
            marks.append(pieces.Badge(_("经核验落地"), "ok"))
        if card.opening:
            marks.append(pieces.Badge(_("期初（台账填报）"), "mark"))
        outpost = self.outposts.get(card.outpost_id)
        lines = [card.sponsor, " · ".join(each for each in (card.owner, str(card.since or "")) if each)]
        if several and outpost is not None:
            lines.append(outpost.short_name)
        return pieces.Card(
            uid=card.uid,
            title=card.name,
            url=url,
            lines=[each for each in lines if each],
            badges=marks,
        )


@require_safe
def board_view(request: FeidiRequest) -> HttpResponse:
    """One column per stage of a track, with its count and the newest twenty cards.

    With ``uid`` and ``to`` the page that moves this project.
    """
    if only_own(request.actor):
        return redirect("workspace:home")
    board = _Board(request, request.GET)
    chosen, to = request.GET.get("uid", ""), request.GET.get("to", "")
    if chosen and to in Stage.values:
        # without the script the form leads to the page that moves
        asked = urlencode({"track": board.wanted.track.value, "to": to})
        return redirect(f"{reverse('console:pipeline:project_move', args=[chosen])}?{asked}")
    columns = board.columns()
    context = {
        "form": board.form,
        "active": board.active,
        "kept": board.kept,
        "columns": columns,
        "total": sum(each.count for each in columns),
        "movable": request.actor.may("project.move"),
        "stages": [(code, label) for code, label in board.stages() if code],
        "track": board.wanted.track.value,
    }
    return render(request, "console/board/board_view.html", context)


@require_safe
def board_column(request: FeidiRequest) -> HttpResponse:
    """The next cards of one column, for the column itself."""
    board = _Board(request, request.GET)
    stage, text = request.GET.get("stage", ""), request.GET.get("offset", "")
    offset = int(text) if text.isdecimal() and len(text) < 7 else 0  # noqa: PLR2004 - under a million
    cards = column_cards(board.projects, board.wanted.track, stage, offset=offset)
    context = {
        "cards": board.drawn(cards),
        "more_url": board.more_url(stage, offset + CARDS) if len(cards) == CARDS else "",
        "list_url": reverse("console:pipeline:project_list"),
        "movable": request.actor.may("project.move"),
        "form": "board-move",
    }
    return render(request, "ui/fragments/board_cards.html", context)


@require_POST
def board_move(request: FeidiRequest, uid: str) -> HttpResponse:
    """Move a card. To the board's own script: both columns anew, or why not; to everybody else a page."""
    board = _Board(request, request.POST)
    track = board.wanted.track
    project, to = get_project(request.actor, uid), request.POST.get("to", "")
    require_on(request.actor, "project.move", project)
    scripted = request.headers.get("X-Requested-With") == _FROM_BOARD
    left = str(getattr(project, f"{track.value}_stage"))
    try:
        _move(request, project, track, to)
    except RefusedError as error:
        return _refused(request, board, project, to, error.refusal, scripted=scripted)
    words = _("“{name}”已进入“{stage}”。").format(
        name=project.name, stage=presenting.stage_label(project.outpost, track, to)
    )
    if scripted:
        context = {"columns": board.columns({left, to}), "movable": True, "words": words}
        return render(request, "console/board/board_moved.html", context)
    messages.success(request, words)
    return redirect(_back(board))


def _move(request: FeidiRequest, project: Project, track: Track, to: str) -> None:
    if to not in Stage.values:
        raise refuse("stages.not_used_here", stage=to, track=track.value)
    move_project(actor=request.actor, now=request.now, project=project, move=Move(track, Stage(to)))


def _back(board: _Board) -> str:
    return f"{reverse('console:board:board_view')}?{urlencode(board.kept)}"


def _refused(
    request: FeidiRequest, board: _Board, project: Project, to: str, refusal: Refusal, *, scripted: bool
) -> HttpResponse:
    """Say why not, what is missing and where to supply it; the card has not moved."""
    track = board.wanted.track.value
    used = to in Stage.values
    answer = explain(project, track=track, to=to, actor=request.actor) if used else None
    page = reverse("console:pipeline:project_move", args=[project.uid])
    context = {
        "project": project,
        "label": presenting.stage_label(project.outpost, track, to),
        "refusal": refusal,
        "rows": presenting.checklist_rows(answer, project, {}) if answer else [],
        "move_url": f"{page}?{urlencode({'track': track, 'to': to})}" if used else "",
        "back_url": _back(board),
    }
    template = "console/board/board_reasons.html" if scripted else "console/board/board_refused.html"
    return render(request, template, context, status=REFUSED)
