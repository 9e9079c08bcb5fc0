"""The one snapshot that forms, papers and chat text are made of, and how it differs from an earlier issue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from feidi.domain.parties.models import Outpost
from feidi.domain.parties.selectors.standing import SHANGHAI
from feidi.domain.pipeline.access import visible_in_office
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.selectors.projects import NO_PLAQUE
from feidi.domain.reporting.access import VIEW, visible_to
from feidi.domain.reporting.models import BoundForm, FormFilling, IssuedPaper
from feidi.domain.reporting.selectors.figures import view_of
from feidi.domain.reporting.selectors.figures_columns import Gathered, gather
from feidi.domain.reporting.selectors.figures_plaques import under_plaque
from feidi.domain.reporting.selectors.figures_targets import Progress, progress_of, tasks_for
from feidi.domain.reporting.selectors.paper_sources import (
    COUNTS,
    PACE,
    PERIODS,
    RATIOS,
    REACHED,
    SOURCES,
    TASKED,
    Source,
    period_of,
    start_of,
)
from feidi.engines.findings import refuse
from feidi.engines.measures import Figure, Period, five_words, measure, percent
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.documents.office.chat_text import pace_words
from feidi.kernel.documents.office.figures import IssuedFigure

#: Rows of a figure are kept with an issue up to so many: enough to explain a difference.
KEPT_ROWS = 2000
_FEN_PER_WAN = 1_000_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All figures of one outpost, or of one of its plaques, as of one day. ``rows``: keys of the projects behind each.

    ``plaque``: its code, "" for the whole outpost; ``unplaced``: how many projects nobody has put under any plaque, so that
    they are in no plaque's figures. ``shown``: how a figure is printed where its number alone would say too little (慢52.1个百分点, 不少于300万元).
    """

    outpost: Outpost
    as_of: date
    span: str
    term: Period
    known_at: datetime | None
    figures: Mapping[str, IssuedFigure]
    rows: Mapping[str, tuple[int, ...]]
    shown: Mapping[str, str]
    plaque: str = ""
    unplaced: int = 0


def issuing_outposts(actor: Actor, permission: str = VIEW) -> QuerySet[Outpost]:
    """Return the outposts whose papers the actor sees (or, by ``report.issue``, makes)."""
    found = Outpost.objects.filter(pk__in=actor.scopes(permission, ScopeKind.OUTPOST))
    return found.select_related("home", "operator").prefetch_related("plaques").order_by("code")


def snapshot_of(
    actor: Actor,
    outpost: Outpost,
    as_of: date,
    span: str,
    *,
    known_at: datetime | None = None,
    plaque: str = "",
) -> Snapshot:
    """Return every figure as of a day; with ``plaque`` only of the projects that count under it.

    The year's task is the outpost's, so a plaque has none. Refused: no permission over the outpost, an unknown period,
    a plaque that the outpost has not.
    """
    if span not in PERIODS:
        raise refuse("papers.unknown_span", span=span)
    if plaque and all(each.code != plaque for each in outpost.plaques.all()):
        raise refuse("papers.unknown_plaque", plaque=plaque)
    term = Period(start_of(span, as_of), as_of + timedelta(days=1))
    view = view_of(actor, (outpost,), term, as_of, known_at)
    gathered = gather(view.outposts, as_of + timedelta(days=1), known_at=known_at)
    unplaced = 0
    if plaque:
        unplaced = under_plaque(gathered, view.outposts, NO_PLAQUE).columns.n
        gathered = under_plaque(gathered, view.outposts, plaque)
    made = _Making(gathered, as_of, term, "本年" if span == "year" else PERIODS[span])
    made.counts()
    made.ratios()
    if not plaque:
        made.tasks(outpost)
    return Snapshot(outpost, as_of, span, term, known_at, made.figures, made.rows, made.shown, plaque, unplaced)


def snapshot_under(actor: Actor, snapshot: Snapshot, plaque: str) -> Snapshot:
    """Return the snapshot of the same days under a plaque; the same where none is named or it is that plaque's."""
    if plaque in ("", snapshot.plaque):
        return snapshot
    given = (snapshot.outpost, snapshot.as_of, snapshot.span)
    return snapshot_of(actor, *given, known_at=snapshot.known_at, plaque=plaque)


class _Making:
    """Computes the figures of a snapshot from columns that were gathered once."""

    def __init__(self, gathered: Gathered, as_of: date, term: Period, term_words: str) -> None:
        self._gathered, self._as_of, self._term, self._term_words = gathered, as_of, term, term_words
        self.figures: dict[str, IssuedFigure] = {}
        self.rows: dict[str, tuple[int, ...]] = {}
        self.shown: dict[str, str] = {}

    def counts(self) -> None:
        """Counts and sums over every period, what stands at the day, the words reached by a first day."""
        for period in PERIODS:
            days = period_of(period, self._as_of, self._term)
            for code in COUNTS:
                figure = self._measured(code, days)
                self._put(f"{code}_{period}", len(figure.hits), figure.hits)
                if code == "K08":
                    self._sum(f"K08_{period}_sum", figure)
            words = {each.word: each for each in five_words(self._gathered.columns, days, self._as_of)}
            for word in REACHED:
                self._put(f"{word}_{period}", len(words[word].keys), words[word].keys)
            self._put("talking", len(words["talking"].standing), words["talking"].standing)
        late = self._measured("K12", period_of("all", self._as_of, self._term))
        self._put("K12", len(late.hits), late.hits)

    def ratios(self) -> None:
        """Ratios of the year; one that has no value yet (未满观察期, no denominator) is left out."""
        for code in RATIOS:
            figure = self._measured(code, period_of("year", self._as_of, self._term))
            if figure.value is not None and not figure.bound:
                self._put(f"{code}_year", Decimal(percent(figure.value)), figure.rows)

    def tasks(self, outpost: Outpost) -> None:
        """The year's tasks, how far along they are, and 序时进度."""
        tasks = tasks_for([outpost], self._as_of)
        for code in TASKED:
            value = int(self.figures[f"{code}_year"].value)
            progress = progress_of(tasks[code], value, self._as_of) if code in tasks else None
            if progress is not None:
                self._task(code, progress)

    def _task(self, code: str, progress: Progress) -> None:
        rows = self.rows[f"{code}_year"]
        self._put(f"{code}_task", progress.task.floor, ())
        # one decimal also where it is 0: as the chat text prints it
        self._put(f"{code}_done", progress.done, rows)
        self._put(f"{code}_pace", progress.points, rows)
        self.shown[f"{code}_pace"] = pace_words(progress.points)
        self._put("passed", progress.passed, ())

    def _sum(self, name: str, figure: Figure) -> None:
        main = next((pot for pot in figure.sums if pot.currency == "CNY"), None)
        wan = Decimal(main.fen if main else 0) / _FEN_PER_WAN
        self._put(name, _trimmed(wan.quantize(Decimal("0.01"))), figure.summed)
        if main and main.unknown:
            self.shown[name] = f"不少于{self.figures[name].text}"

    def _measured(self, code: str, days: Period) -> Figure:
        return measure(code, self._gathered.columns, days, self._as_of, self._gathered.money)

    def _put(self, name: str, value: Decimal | int, rows: Sequence[int]) -> None:
        source = SOURCES[name]
        self.figures[name] = IssuedFigure(name, self._label(source), value, source.unit, self._as_of)
        self.rows[name] = tuple(sorted(rows))

    def _label(self, source: Source) -> str:
        """本期新增线索 is 本周新增线索 in a week's issue."""
        return source.label.removesuffix("（万元）").replace("本期", self._term_words, 1)


def _trimmed(value: Decimal) -> Decimal:
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


def printed(snapshot: Snapshot, name: str) -> str:
    """Return how a figure stands in a sentence."""
    return snapshot.shown.get(name) or snapshot.figures[name].text


def figure_as_json(figure: IssuedFigure, rows: Sequence[int] = ()) -> dict[str, Any]:
    """Return a figure as it is kept with an issue."""
    return {
        "id": figure.id,
        "label": figure.label,
        "value": format(Decimal(figure.value), "f"),
        "unit": figure.unit,
        "as_of": figure.as_of.isoformat(),
        "rows": list(rows[:KEPT_ROWS]),
    }


def figure_words(kept: Mapping[str, Any]) -> str:
    """Return how an issued figure is said: 11个, 慢52.1个百分点."""
    figure = figure_from_json(kept)
    return pace_words(Decimal(figure.value)) if figure.unit == PACE else figure.text


def figure_from_json(kept: Mapping[str, Any]) -> IssuedFigure:
    """Return a figure as it was issued."""
    value = Decimal(kept["value"])
    return IssuedFigure(kept["id"], kept["label"], value, kept["unit"], date.fromisoformat(kept["as_of"]))


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that is another now than when it was issued: which rows came, which went (those one may open)."""

    figure: IssuedFigure
    now: IssuedFigure | None
    came: tuple[Project, ...]
    went: tuple[Project, ...]


def differences(actor: Actor, kept: Iterable[Mapping[str, Any]], snapshot: Snapshot) -> tuple[Difference, ...]:
    """Return what changed since an issue as of the same day (更正), with the rows that make the difference."""
    found: list[tuple[IssuedFigure, IssuedFigure | None, set[int], set[int]]] = []
    for each in kept:
        old, new = figure_from_json(each), snapshot.figures.get(each["id"])
        if new is None or Decimal(new.value) != Decimal(old.value):
            before, after = set(each.get("rows") or ()), set(snapshot.rows.get(each["id"], ()))
            found.append((old, new, after - before, before - after))
    keys = {key for _old, _new, came, went in found for key in came | went}
    seen = visible_in_office(actor, Project.objects.filter(pk__in=list(keys)[:500])) if keys else Project.objects.none()
    by_key = {row.pk: row for row in seen.order_by("code")}
    return tuple(
        Difference(old, new, *(tuple(by_key[key] for key in sorted(some) if key in by_key) for some in (came, went)))
        for old, new, came, went in found
    )


def list_papers(actor: Actor) -> QuerySet[IssuedPaper]:
    """Return the papers the actor sees, newest first, with what a list shows."""
    return visible_to(actor, IssuedPaper.objects.select_related("outpost", "file", "edited")).order_by("-id")


def get_paper(actor: Actor, uid: str) -> IssuedPaper:
    """Return one paper; raises DoesNotExist for one that is not to be seen."""
    found = visible_to(actor, IssuedPaper.objects.select_related("outpost__home", "file", "edited"))
    return found.prefetch_related("outpost__plaques").get(uid=uid)


@dataclass(frozen=True, slots=True)
class Run:
    """One press of the Friday button: everything that was made of one day. ``plaque``: whose figures stand here.

    A form of one plaque that was filled in a press for the whole outpost has figures of its own: they stay with it.
    """

    outpost: Outpost
    as_of: date
    made_at: datetime
    made_by: str
    chat_text: str
    figures: tuple[Mapping[str, Any], ...]
    fillings: tuple[FormFilling, ...]
    papers: tuple[IssuedPaper, ...]
    plaque: str = ""


@dataclass(frozen=True, slots=True)
class RunLine:
    """One press in a list: the address of what it made, its day, what came out."""

    uid: str
    as_of: date
    made_at: datetime
    made_by: str
    names: tuple[str, ...]


def latest_runs(actor: Actor, outpost: Outpost, most: int = 6) -> tuple[RunLine, ...]:
    """Return the last presses of an outpost, newest first."""
    papers = list_papers(actor).filter(outpost=outpost)[: most * 7]
    forms = visible_to(actor, BoundForm.objects.filter(outpost=outpost))
    fillings = FormFilling.objects.filter(form__in=forms).select_related("form").order_by("-id")[: most * 7]
    found: dict[str, RunLine] = {}
    rows: list[FormFilling | IssuedPaper] = [*papers, *fillings]
    for row in sorted(rows, key=lambda each: each.created_at, reverse=True):
        by, name = (row.filled_by, row.form.name) if isinstance(row, FormFilling) else (row.issued_by, row.number)
        line = found.setdefault(run_of(row), RunLine(row.uid, row.as_of, row.created_at, by, ()))
        found[run_of(row)] = replace(line, names=(name, *line.names))
    return tuple(found.values())[:most]


def get_run(actor: Actor, uid: str) -> Run:
    """Return the run of which a filling or a paper (by uid) is part; raises DoesNotExist."""
    fillings = FormFilling.objects.filter(form__in=visible_to(actor, BoundForm.objects.all())).select_related(
        "form__outpost", "file"
    )
    one: FormFilling | IssuedPaper | None = fillings.filter(uid=uid).first()
    if one is None:
        one = get_paper(actor, uid)
    outpost = one.form.outpost if isinstance(one, FormFilling) else one.outpost
    key = run_of(one)
    filled = [
        each
        for each in fillings.filter(form__outpost=outpost, created_at=one.created_at).order_by("form__name", "id")
        if run_of(each) == key
    ]
    papers = [
        each
        for each in list_papers(actor).filter(outpost=outpost, created_at=one.created_at).order_by("id")
        if run_of(each) == key
    ]
    kept: dict[str, Mapping[str, Any]] = {}
    plaque = plaque_of(papers[0] if papers else filled[0])
    for each in filled:
        if plaque_of(each) == plaque:
            kept |= {one["id"]: one for one in each.figures.get("figures", ())}
    for paper in papers:
        kept |= {one["id"]: one for one in paper.figures}
    chat = next((each.chat_text for each in papers), "") or next((each.figures.get("chat", "") for each in filled), "")
    by = one.filled_by if isinstance(one, FormFilling) else one.issued_by
    made_at = one.created_at.astimezone(SHANGHAI)
    order = list(SOURCES)
    figures = sorted(kept.values(), key=lambda each: order.index(each["id"]) if each["id"] in order else len(order))
    return Run(outpost, one.as_of, made_at, by, chat, tuple(figures), tuple(filled), tuple(papers), plaque)


def run_of(row: FormFilling | IssuedPaper) -> str:
    """Return the key that everything of one run carries."""
    if isinstance(row, FormFilling):
        return str(row.figures.get("run", row.uid))
    frame = row.paragraphs[0] if row.paragraphs else {}
    return str(frame.get("run", row.uid))


def plaque_of(row: FormFilling | IssuedPaper) -> str:
    """Return under which plaque the figures of a filling or a paper were counted; "" for the whole outpost."""
    if isinstance(row, FormFilling):
        return str(row.figures.get("plaque", ""))
    frame = row.paragraphs[0] if row.paragraphs else {}
    return str(frame.get("plaque", ""))
