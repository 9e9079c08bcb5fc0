"""人才类别: asked with a check-up that is kept, decided by the home side. Nobody types a class."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.enums import FactSource
from feidi.domain.parties.services.changing import changed, locked, said, today_of
from feidi.domain.policy.access import PERSON
from feidi.domain.policy.models import Checkup
from feidi.domain.policy.services.checkup_papers import failed_of
from feidi.domain.policy.services.checkups import keep_checkup_about
from feidi.domain.policy.services.facts import Origin, Statement, push_facts
from feidi.domain.talent.access import DECIDE, EDIT
from feidi.domain.talent.enums import AskedBecause, RulingState, Whereabouts
from feidi.domain.talent.kinds import RULING
from feidi.domain.talent.models import ClassRuling, Talent
from feidi.domain.talent.selectors.catalogue import Classes, classes_of
from feidi.domain.talent.services.changing import Scan, keep_scan
from feidi.domain.talent.services.talents import refuse_erased
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor, Scope, ScopeKind
from feidi.kernel.audit import recorded
from feidi.kernel.subjects import Subject, new_uid
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import add_todo, settle_todos

_YES: Final = "eligible"
_OPEN: Final = "unknown"


def ask_ruling(*, actor: Actor, now: datetime, talent: Talent, question: str = "") -> ClassRuling:
    """Put a person's class to the home side, with what the clauses say of them today.

    Who works at the host fails a clause that asks for work at home; that is neither a yes nor a no here, but the home
    side's decision. Refused: no permission, erased, a place without classes, asked already.
    """
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    classes = classes_of(talent.outpost, today_of(now))
    if not classes.classes:
        raise refuse("talent.no_classes", place=talent.outpost.home.name_zh)
    with recorded(actor=actor, now=now) as unit:
        row = locked(talent)
        refuse_erased(row)
        if row.rulings.filter(state=RulingState.ASKED, voided_at__isnull=True).exists():
            raise refuse("talent.ruling_asked", number=row.number)
        _state_work(actor, now, row, classes)
        checkup = keep_checkup_about(actor=actor, now=now, subject=Subject(PERSON, row.person.uid))
        said_of = _clauses(checkup, classes)
        ruling = ClassRuling(
            uid=new_uid(),
            talent=row,
            checkup=checkup,
            clauses=said_of,
            because=_because(row, [each["verdict"] for each in said_of]),
            question=question.strip()[:300],
            asked_on=today_of(now),
            asked_by=actor.label[:160],
            created_at=now,
        )
        ruling.save()
        unit.created(ruling, kind=RULING)
        what = f"{row.number} 人才类别待裁定：{AskedBecause(ruling.because).label}"
        add_todo(actor=actor, now=now, subject=Subject(RULING, ruling.uid), what=what)
    return ruling


def decide_ruling(
    *, actor: Actor, now: datetime, ruling: ClassRuling, class_code: str, basis: str, paper: Scan | None = None
) -> ClassRuling:
    """Decide for the home side: a class, or none (``class_code`` empty: 不予认定), and on what basis.

    A granted class becomes the policy fact that the place's content names, confirmed by who decided. Refused: not of
    the home side, no basis, a class the place does not have, decided before.
    """
    require(actor, DECIDE, Scope(ScopeKind.HOME, ruling.talent.outpost.home_id))
    words = said(basis, "talent.ruling_basis")
    classes = classes_of(ruling.talent.outpost, today_of(now))
    granted = classes.find(class_code) if class_code else None
    if class_code and granted is None:
        raise refuse("talent.class_unknown", value=class_code)
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, ruling, kind=RULING, action="decided") as row:
            if row.state != RulingState.ASKED:
                raise refuse("talent.ruling_decided", state=str(RulingState(row.state).label))
            row.state = RulingState.GRANTED if granted else RulingState.DECLINED
            row.class_code, row.class_name = (granted.code, granted.label_zh) if granted else ("", "")
            row.basis, row.decided_on, row.decided_by = words[:300], today_of(now), actor.label[:160]
            row.paper = keep_scan(actor=actor, now=now, subject=Subject(RULING, row.uid), label="裁定书", scan=paper)
        if granted and classes.fact:
            origin = Origin(FactSource.DOCUMENT, words, confirmed_by=actor.label)
            _push(actor, now, row.talent, Statement(classes.fact, granted.code), origin)
        asked = Todo.objects.filter(subject_kind=RULING, subject_uid=row.uid)
        settle_todos(actor=actor, now=now, todos=asked)
    return row


def void_ruling(*, actor: Actor, now: datetime, ruling: ClassRuling, reason: str) -> ClassRuling:
    """Take a question back that was asked in error, or a ruling revoked: by whoever may ask, or may decide it.

    Refused: no reason; a ruling that was decided is taken back by the home side only.
    """
    home = Scope(ScopeKind.HOME, ruling.talent.outpost.home_id)
    if ruling.state != RulingState.ASKED:
        require(actor, DECIDE, home)
    elif not actor.may(DECIDE, home):
        require(actor, EDIT, outpost_scope(ruling.talent.outpost_id))
    words = said(reason, "talent.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, ruling, kind=RULING, reason=words, action="voided") as row:
            row.voided_at, row.void_reason = now, words[:500]
        settle_todos(actor=actor, now=now, todos=Todo.objects.filter(subject_kind=RULING, subject_uid=row.uid))
    return row


def _state_work(actor: Actor, now: datetime, talent: Talent, classes: Classes) -> None:
    """Say where the person works, as the clauses ask it; where nobody has said, the clauses find it unknown."""
    if classes.works_here and talent.works_at:
        here = "是" if talent.works_at == Whereabouts.HOME else "否"
        _push(actor, now, talent, Statement(classes.works_here, here), Origin(note=talent.number))


def _push(actor: Actor, now: datetime, talent: Talent, statement: Statement, origin: Origin) -> None:
    subject = Subject(PERSON, talent.person.uid)
    push_facts(actor=actor, now=now, outpost=talent.outpost, subject=subject, statements=[statement], origin=origin)


def _clauses(checkup: Checkup, classes: Classes) -> list[dict[str, str]]:
    """Return what the clauses that speak of classes said, as they were asked, and why."""
    asked = set(classes.clauses)
    return [
        {"clause": each["clause"], "title": each["title"], "verdict": each["verdict"], "why": _why(each)}
        for each in checkup.results
        if each["clause"] in asked
    ]


def _why(result: Mapping[str, Any]) -> str:
    """Return what a clause misses: the facts nobody has stated, else the conditions that fail; empty when it fits."""
    if result["verdict"] == _OPEN:
        return "缺：" + "、".join(each["name"] for each in result["missing_told"])
    return "；".join(each["words"] for each in failed_of(result["why"]))


def _because(talent: Talent, verdicts: list[str]) -> AskedBecause:
    if talent.works_at == Whereabouts.HOST:
        return AskedBecause.HOST_WORKER
    if _YES in verdicts:
        return AskedBecause.ELIGIBLE
    return AskedBecause.UNKNOWN if _OPEN in verdicts or not verdicts else AskedBecause.NOT_ELIGIBLE
