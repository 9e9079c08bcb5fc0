"""Keeping the search index in step with the daily work.

The outpost's people find all of it. The home side finds what it takes part in (instructions, meetings), and of that
only what speaks of no project that was not reported: a title found is a title shown. Names of visitors, guests and
contacts are never part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model, Q, QuerySet

from feidi.domain.liaison.models import Coordination, Instruction, Meeting, Trip, WalkIn
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.parties.services.rebuilding import Derived, Source, paged
from feidi.domain.pipeline.models import Project
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.services import index_many, remove

_TITLE = 80
#: Part of a row → the row that is found by what the part says.
_WHOLE = {"liaison.agenda_item": "meeting", "liaison.decision": "meeting", "liaison.trip_stop": "trip"}


def index_row(kind: str, row: Any) -> None:
    """Bring the entry of one row (or of the row it is a part of) up to date; what was taken back is not found."""
    whole = getattr(row, _WHOLE[kind]) if kind in _WHOLE else row
    code = next((code for code, (model, _say) in KINDS.items() if isinstance(whole, model)), "")
    if not code:
        return
    if whole.voided_at is not None:
        remove(kind=code, uid=whole.uid)
        return
    index_many([KINDS[code][1](whole)])


def index_about(project: Project) -> None:
    """Bring instructions and meetings about a project up to date: it has just been reported, so its home may find them."""
    for instruction in Instruction.objects.filter(project=project, voided_at__isnull=True).select_related("outpost"):
        index_row("liaison.instruction", instruction)
    about = Q(agenda__project=project) | Q(decisions__project=project)
    for meeting in Meeting.objects.filter(about, voided_at__isnull=True).select_related("outpost").distinct():
        index_row("liaison.meeting", meeting)


def _entry(kind: str, row: Any, title: str, subtitle: str, texts: Iterable[str], *codes: str) -> Entry:
    return Entry(
        kind=kind,
        uid=row.uid,
        title=title[:_TITLE],
        subtitle=subtitle,
        texts=[text for text in texts if text],
        codes=[code for code in codes if code],
        scopes=Scopes(outposts=frozenset({row.outpost_id})),
    )


def _shared(entry: Entry, row: Any, projects: Iterable[int | None]) -> Entry:
    """Return the entry as its home finds it too, unless it speaks of a project that was not reported."""
    about = {each for each in projects if each is not None}
    hidden = Project.objects.filter(pk__in=about, reported_at__isnull=True).exists() if about else False
    if hidden:
        return entry
    scopes = Scopes(outposts=entry.scopes.outposts, homes_reported=frozenset({row.outpost.home_id}))
    return Entry(entry.kind, entry.uid, entry.title, scopes, entry.subtitle, entry.texts, entry.codes)


def _instruction(row: Instruction) -> Entry:
    subtitle = f"{row.number} · {row.given_by}"
    entry = _entry(
        "liaison.instruction", row, row.paraphrase, subtitle, (row.paraphrase, row.answer, row.support), row.number
    )
    return _shared(entry, row, [row.project_id])


def _coordination(row: Coordination) -> Entry:
    texts = (row.ask, row.department, row.answer)
    return _entry(
        "liaison.coordination", row, f"{row.department}：{row.ask}", row.number, texts, row.number,
        row.letter_number, row.receipt,
    )  # fmt: skip


def _meeting(row: Meeting) -> Entry:
    items = list(row.agenda.filter(voided_at__isnull=True))
    decisions = list(row.decisions.filter(voided_at__isnull=True))
    texts = (row.summary, *(f"{each.title} {each.discussion}" for each in items), *(each.text for each in decisions))
    entry = _entry("liaison.meeting", row, row.title, f"{row.number} · {row.held_on}", texts, row.number)
    return _shared(entry, row, [*(each.project_id for each in items), *(each.project_id for each in decisions)])


def _trip(row: Trip) -> Entry:
    stops = row.stops.filter(voided_at__isnull=True)
    texts = (row.received_by, row.result, *(f"{each.what} {each.place} {each.result}" for each in stops))
    subtitle = f"{row.get_kind_display()} · {row.starts_on}"
    return _entry("liaison.trip", row, row.title, subtitle, texts, row.approval_number)


def _walk_in(row: WalkIn) -> Entry:
    came = row.came_at.astimezone(SHANGHAI).date()
    return _entry("liaison.walk_in", row, row.asked, f"{came} {row.unit}".strip(), (row.asked, row.unit, row.result))


#: Kind → (model, how its entry is said), in the order in which the index is written anew.
KINDS: dict[str, tuple[type[Model], Callable[[Any], Entry]]] = {
    "liaison.instruction": (Instruction, _instruction),
    "liaison.coordination": (Coordination, _coordination),
    "liaison.meeting": (Meeting, _meeting),
    "liaison.trip": (Trip, _trip),
    "liaison.walk_in": (WalkIn, _walk_in),
}


def _source(kind: str) -> Source:
    model, say = KINDS[kind]
    rows: QuerySet[Any] = model._default_manager.filter(voided_at__isnull=True).select_related("outpost")

    def pages() -> Iterator[list[Derived]]:
        for page in paged(rows.all()):
            yield [Derived(say(row)) for row in page]

    return Source(kind, lambda: rows.all().count(), pages)


#: For writing the index anew.
SOURCES = tuple(_source(kind) for kind in KINDS)
