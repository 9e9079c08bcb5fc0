"""反馈函: cleared one by one, printed, as Word; the team reads its own in the workspace."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.roadshow.models import Entry
from feidi.domain.roadshow.roadshow_access import EDIT, staff_sees
from feidi.domain.roadshow.roadshow_kinds import ENTRY
from feidi.domain.roadshow.selectors.roadshow_results import counted_sheets
from feidi.domain.roadshow.selectors.roadshows import get_entry
from feidi.domain.roadshow.services.dealing import live_entries
from feidi.domain.roadshow.services.letters import LETTER_TITLE, clear_letter, letter_of, print_letter
from feidi.kernel.documents.office.papers import Block, Column, Heading, Labelled, Paper, PaperKind, Paragraph, Table
from feidi.kernel.subjects import Subject
from feidi.portals.console.daily import print_by, word_file
from feidi.portals.console.papers.signing import prints_of
from feidi.portals.console.pipeline.views.saving import save_page, sent
from feidi.portals.console.roadshows.asking import editable_round, round_crumbs, round_url
from feidi.portals.console.roadshows.forms import LetterForm
from feidi.portals.ui.requests import FeidiRequest


def _entry(request: FeidiRequest, uid: str) -> Entry:
    """Return an entry of the actor's outposts; a team's own page is the workspace's."""
    entry = get_entry(request.actor, uid)
    if not staff_sees(request.actor, entry.round.roadshow.outpost_id):
        raise Entry.DoesNotExist
    return entry


@require_GET
def letter_list(request: FeidiRequest, uid: str) -> HttpResponse:
    """Every team of a round and whether its letter was cleared."""
    row = editable_round(request, uid)
    context = {"row": row, "entries": live_entries(row), "crumbs": round_crumbs(row, _("反馈函"))}
    return render(request, "console/roadshows/letter_list.html", context)


@require_http_methods(["GET", "POST"])
def letter_view(request: FeidiRequest, uid: str) -> HttpResponse:
    """One team's letter: the judges' remarks to be cleared, and what it says once they are."""
    entry = _entry(request, uid)
    require(request.actor, EDIT, outpost_scope(entry.round.roadshow.outpost_id))
    cleared = entry.letter_cleared_at is not None
    remarks = [each.remark for each in counted_sheets(entry.round) if each.entry_id == entry.pk and each.remark]
    initial = {"words": entry.letter_words if cleared else "\n".join(remarks)}

    def save(data: dict[str, Any]) -> None:
        clear_letter(actor=request.actor, now=request.now, entry=entry, words=data["words"])

    return save_page(
        request,
        template="console/roadshows/letter_view.html",
        form=LetterForm(sent(request), initial=initial),
        save=save,
        done=_("已核定，团队登录后看得到；也可以打印或导出 Word。"),
        onward=round_url(entry.round.uid),
        extra={
            "entry": entry,
            "cleared": cleared,
            "letter": letter_of(entry) if cleared and entry.round.phase == "sealed" else None,
            "remarks": remarks,
            "prints": prints_of(Subject(ENTRY, entry.uid)),
            "crumbs": round_crumbs(entry.round, _("反馈函")),
        },
    )


@require_POST
def letter_print(request: FeidiRequest, uid: str) -> HttpResponse:
    """Print a letter with its QR."""
    form = print_letter(actor=request.actor, now=request.now, entry=_entry(request, uid))
    return redirect("console:pipeline:form_view", form.uid)


@require_GET
def letter_word(request: FeidiRequest, uid: str) -> HttpResponse:
    """A letter as a Word file."""
    entry = _entry(request, uid)
    require(request.actor, EDIT, outpost_scope(entry.round.roadshow.outpost_id))
    data, by = letter_of(entry), print_by(request)
    table = data["tables"][0]
    blocks: tuple[Block, ...] = (
        *(Paragraph((words,), indent=at > 0) for at, words in enumerate(data["words"])),
        *(Labelled(each["label"], (each["value"],)) for each in data["facts"]),
        Heading(1, table["title"], numbered=False),
        Table(tuple(Column(each) for each in table["columns"]), tuple(tuple(row) for row in table["rows"])),
    )
    paper = Paper(
        PaperKind.LETTER,
        LETTER_TITLE,
        blocks,
        dated=by.on,
        signature=entry.round.roadshow.outpost.name,
        watermark=by.watermark,
        demonstration=by.demonstration,
    )
    return word_file(paper, f"{entry.project.name}{LETTER_TITLE}")
