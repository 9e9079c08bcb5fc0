"""The Friday button 周五出稿: one snapshot fills every bound form, becomes the papers chosen and the chat text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.reporting.models import BoundForm, FormFilling, IssuedPaper
from feidi.domain.reporting.selectors.forms import (
    bindings_of,
    bytes_of,
    previous_values,
    shape_of,
    untold_findings,
    values_as_json,
    values_for,
)
from feidi.domain.reporting.selectors.paper_content import paper_content
from feidi.domain.reporting.selectors.papers import Snapshot, figure_as_json, snapshot_under
from feidi.domain.reporting.services.paper_writing import Wording, chat_figures, text_values, write_chat
from feidi.domain.reporting.services.papers import ISSUE, Issue, issue_paper, refuse_future
from feidi.engines.findings import Finding, Level, RefusedError, refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.documents.office.binding import check_bindings
from feidi.kernel.documents.office.filling import fill_form
from feidi.kernel.documents.office.form_values import Filled, FormValues
from feidi.kernel.files.services import store_upload
from feidi.kernel.messages import text_of
from feidi.kernel.subjects import Subject, new_uid

FILLING: Final = "reporting.filling"
FORM: Final = "reporting.bound_form"


@dataclass(frozen=True, slots=True)
class Press:
    """What one press makes: which forms are filled, which papers are written, in whose words."""

    forms: Sequence[BoundForm] = ()
    kinds: Sequence[str] = ()
    plaque: str = ""
    wording: Wording = field(default_factory=Wording)


@dataclass(frozen=True, slots=True)
class Made:
    """What a press made. ``skipped``: forms that could not be filled, and why in words."""

    run: str
    fillings: tuple[FormFilling, ...]
    papers: tuple[IssuedPaper, ...]
    skipped: tuple[Finding, ...]

    @property
    def uid(self) -> str:
        """The address of the run."""
        return (self.papers or self.fillings)[0].uid


def press_friday(*, actor: Actor, now: datetime, snapshot: Snapshot, press: Press) -> Made:
    """Fill the forms, write the papers, keep the chat text: all of one snapshot, all or nothing.

    A form whose layout changed is left out and named; the rest goes on. Refused: no permission, a day to come, nothing
    chosen, nothing that could be made.
    """
    require(actor, ISSUE, outpost_scope(snapshot.outpost.pk))
    refuse_future(snapshot, now)
    if not press.forms and not press.kinds:
        raise refuse("papers.nothing_chosen")
    run, skipped = new_uid(), []
    fillings: list[FormFilling] = []
    with recorded(actor=actor, now=now):
        for form in press.forms:
            try:
                fillings.append(fill_one(actor=actor, now=now, snapshot=snapshot, form=form, press=press, run=run))
            except RefusedError as error:
                why = text_of(error.refusal)
                skipped.append(Finding(Level.PROBLEM, "papers.form_skipped", {"form": form.name, "why": why}))
        papers = [
            issue_paper(actor=actor, now=now, snapshot=snapshot, issue=Issue(kind, press.plaque, press.wording, run))
            for kind in press.kinds
        ]
        if not fillings and not papers:
            raise refuse("papers.nothing_chosen", *skipped)
    return Made(run, tuple(fillings), tuple(papers), tuple(skipped))


def fill_one(
    *, actor: Actor, now: datetime, snapshot: Snapshot, form: BoundForm, press: Press, run: str
) -> FormFilling:
    """Fill one form and keep the file with its figures. Refused: nothing bound, the layout changed."""
    snapshot = snapshot_under(actor, snapshot, press.plaque or form.plaque)
    filled, values = filled_form(actor, snapshot, form, press)
    content = paper_content(snapshot.outpost, snapshot.as_of)
    chat = write_chat(content, snapshot, press.wording)
    used = {name: snapshot.figures[name] for name in values.figures if name in snapshot.figures}
    used |= {each.id: each for each in chat_figures(content, snapshot)}
    findings = [*filled.findings, *untold_findings(actor, snapshot, bindings_of(form))]
    row = FormFilling(
        form=form,
        as_of=snapshot.as_of,
        period_from=snapshot.term.start,
        filled_by=actor.label[:160],
        created_at=now,
        figures={
            "run": run,
            "span": snapshot.span,
            "plaque": snapshot.plaque,
            "chat": chat.text,
            "figures": [figure_as_json(each, snapshot.rows.get(each.id, ())) for each in used.values()],
            "values": values_as_json(values),
            "changed": [
                {"place": each.place, "source": each.source, "old": each.old, "new": each.new}
                for each in filled.changed
            ],
            "findings": [
                {"code": each.code, "params": dict(each.params), "level": each.level.value} for each in findings
            ],
        },
    )
    with recorded(actor=actor, now=now) as unit:
        row.file = store_upload(
            actor=actor,
            now=now,
            subject=Subject(FORM, form.uid),
            name=f"{form.name}（截至{snapshot.as_of:%Y%m%d}）.{form.format}",
            chunks=[filled.data],
            reason=f"{form.superior or form.name} 的表格，由本系统填写",
        )
        row.save()
        unit.created(row, kind=FILLING)
    return row


def filled_form(actor: Actor, snapshot: Snapshot, form: BoundForm, press: Press) -> tuple[Filled, FormValues]:
    """Return a form filled from a snapshot without keeping anything: what a preview shows. A form of a plaque says that
    plaque's figures.

    Refused: nothing bound, the layout changed around a binding.
    """
    bindings = bindings_of(form)
    if not bindings:
        raise refuse("papers.form_nothing_bound", form=form.name)
    check_bindings(shape_of(form), bindings, name=form.name)
    snapshot = snapshot_under(actor, snapshot, press.plaque or form.plaque)
    head = paper_content(snapshot.outpost, snapshot.as_of).head(snapshot.outpost, snapshot.plaque)
    texts = text_values(snapshot, head, actor.label, press.wording)
    values = values_for(actor, snapshot, bindings, texts)
    previous = previous_values(form, snapshot.as_of)
    return fill_form(bytes_of(form.blank), bindings, values, previous, name=form.name), values
