"""From proposals and files to what the components draw."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from feidi.domain.policy.selectors.catalogue import list_clauses
from feidi.kernel.access import Actor
from feidi.kernel.content.checking import schema_path, schemas
from feidi.kernel.content.library import Library, library
from feidi.kernel.content.models import ContentProposal, ProposalState
from feidi.kernel.content.proposing import places_to_propose
from feidi.portals.ui.pieces import Badge, Column, Row, Tone

COLUMNS = [
    Column("file", gettext_lazy("文件"), sortable=True, lead=True),
    Column("place", gettext_lazy("地方")),
    Column("path", gettext_lazy("文件名"), shown=False),
    Column("note", gettext_lazy("修改说明")),
    Column("by", gettext_lazy("起草人")),
    Column("at", gettext_lazy("提交时间"), sortable=True),
    Column("decided", gettext_lazy("复核人")),
]
SORTS = {"file": "path", "at": "created_at"}
_TITLE = re.compile(r"^ {2}title: *(\S.*?) *$", re.MULTILINE)
_TONES: dict[str, Tone] = {
    ProposalState.OPEN: "warn",
    ProposalState.APPROVED: "ok",
    ProposalState.RETURNED: "bad",
    ProposalState.WITHDRAWN: "quiet",
}


@dataclass(frozen=True, slots=True)
class FileLink:
    """One file that may be drafted anew: its address, its path, what it is."""

    url: str
    path: str
    about: str
    waiting: bool


@dataclass(frozen=True, slots=True)
class PlaceFiles:
    """A place with its files."""

    code: str
    name: str
    files: tuple[FileLink, ...]


def state_badge(proposal: ContentProposal) -> Badge:
    """Return the state of a proposal as a badge."""
    return Badge(proposal.get_state_display(), _TONES[proposal.state])


def place_name(code: str) -> str:
    """Return a place in the reader's language; its code where it is not published."""
    return _name_at(library(), code)


def _name_at(known: Library, code: str) -> str:
    if code not in known.places():
        return code
    name = known.place(code)["name"]
    return str(name["en" if get_language() == "en" else "zh"])


def title_of(path: str, body: str) -> str:
    """Return what a text calls itself (a policy has a title), else its path."""
    found = _TITLE.search(body) if path.startswith("policies/") else None
    return found.group(1).strip("\"' ") if found else path


def rows_of(proposals: Sequence[ContentProposal]) -> list[Row]:
    """Return proposals as list rows."""
    known = library()
    return [
        Row(
            cells={
                "file": title_of(each.path, each.body),
                "path": each.path,
                "place": _name_at(known, each.place),
                "note": each.note,
                "by": each.proposed_by,
                "at": each.created_at,
                "decided": each.decided_by,
            },
            url=reverse("console:drafts:draft_view", args=[each.uid]),
            uid=each.uid,
            badges=[state_badge(each)],
        )
        for each in proposals
    ]


def places_to_draft(actor: Actor) -> list[tuple[str, str]]:
    """Return (code, name) of the places whose content the actor may propose."""
    known = library()
    return [(code, _name_at(known, code)) for code in places_to_propose(actor, known.places())]


def files_to_draft(actor: Actor, on: date) -> list[PlaceFiles]:
    """Return what may be drafted, by place: policies and costs first, then the tables of the enclave."""
    known = library()
    waiting = set(ContentProposal.objects.filter(state=ProposalState.OPEN).values_list("place", "path"))
    titles = {(each.clause.place, each.path): each.policy.document.title for each in list_clauses(on=on)}
    found = []
    for code, name in places_to_draft(actor):
        paths = sorted((path for place, path in known.entries if place == code), key=_order)
        links = tuple(
            FileLink(edit_url(code, path), path, titles.get((code, path)) or about(path), (code, path) in waiting)
            for path in paths
            if path.endswith(".yaml")
        )
        found.append(PlaceFiles(code, name, links))
    return found


def edit_url(place: str, path: str) -> str:
    """Return where a file is drafted."""
    return f"{reverse('console:drafts:draft_edit')}?{urlencode({'place': place, 'path': path})}"


def about(path: str) -> str:
    """Say what a kind of file is, in the words of its schema."""
    described = schema_path(path)
    said = schemas()[described].get("about", {}) if described else {}
    return str(said.get("en" if get_language() == "en" else "zh", "")) or _("没有这种文件")


def _order(path: str) -> tuple[int, str]:
    first = {"policies": 0, "costs": 1, "facts.yaml": 2, "enclave": 3}
    return (first.get(path.partition("/")[0], 4), path)
