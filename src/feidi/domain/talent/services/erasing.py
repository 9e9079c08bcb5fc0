"""Erasing a talent on request: what is personal is destroyed, that it was, when and by whom stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import Row, changed, said
from feidi.domain.parties.services.erasing import erase_person
from feidi.domain.talent.access import EDIT, UNMASK
from feidi.domain.talent.enums import CaseState, RequestKind, RulingState
from feidi.domain.talent.events import TalentErased
from feidi.domain.talent.kinds import CASE, HAND_OFF, ITEM, RULING, TALENT
from feidi.domain.talent.models import ClassRuling, GreenCase, GreenItem, HandOff, Talent
from feidi.domain.talent.selectors.holdings import files_of, subjects_of
from feidi.domain.talent.services.requests import answer_requests
from feidi.domain.talent.services.talents import refuse_erased
from feidi.engines.findings import refuse
from feidi.kernel.access import Actor
from feidi.kernel.audit import Unit, recorded
from feidi.kernel.events import publish
from feidi.kernel.evidence.services import erase_records
from feidi.kernel.feedback.services.answering import forget_words
from feidi.kernel.files.services import erase_file
from feidi.kernel.subjects import Subject


def erase_talent(*, actor: Actor, now: datetime, talent: Talent, reason: str) -> Talent:
    """Destroy what is personal of a talent: name, contacts, papers, child's data, scans, free words.

    What stays names nobody: numbers, days, clocks, which department received what, rulings' classes. The audit trail
    holds keyed digests, so it still verifies. Refused: no permission, no reason, erased before, a case still under way,
    a question that waits for its ruling.
    """
    require(actor, EDIT, outpost_scope(talent.outpost_id))
    require(actor, UNMASK, outpost_scope(talent.outpost_id))
    words = said(reason, "talent.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, talent, kind=TALENT, reason=words, action="erased") as row:
            refuse_erased(row)
            _refuse_under_way(row)
            for file in files_of(row):
                erase_file(actor=actor, now=now, file=file, reason=words)
            for subject in subjects_of(row):
                erase_records(actor=actor, now=now, subject=subject, reason=words)
            _empty_cases(unit, row)
            _empty_rulings(unit, row)
            _empty(row)
            row.erased_at, row.erased_by = now, actor.label[:160]
        erase_person(actor=actor, now=now, person=row.person, reason=words)
        answer_requests(actor=actor, now=now, talent=row, kind=RequestKind.ERASURE, answer=words)
        publish(TalentErased(row.uid, row.person.uid))
    return row


@contextmanager
def _kept(unit: Unit, row: Row, kind: str) -> Iterator[Row]:
    """Give the locked row to be emptied, taken back or not: what was taken back is personal too."""
    live: Row = type(row)._default_manager.select_for_update(of=("self",)).get(pk=row.pk)
    before = unit.before(live, kind)
    yield live
    live.version += 1
    live.save()
    unit.changed(live, kind=kind, before=before, action="erased")


def _refuse_under_way(talent: Talent) -> None:
    case = talent.cases.filter(state=CaseState.OPEN, voided_at__isnull=True).first()
    if case is not None:
        raise refuse("talent.erase_case_open", number=case.number)
    if talent.rulings.filter(state=RulingState.ASKED, voided_at__isnull=True).exists():
        raise refuse("talent.erase_ruling_open", number=talent.number)


def _empty(row: Talent) -> None:
    row.private_enc, row.paper_hint, row.paper_index, row.paper_kind = b"", "", "", ""
    row.work_place, row.insured_place = "", ""
    row.user = row.employer = None


def _empty_cases(unit: Unit, talent: Talent) -> None:
    for case in GreenCase.objects.filter(talent=talent).order_by("pk"):
        with _kept(unit, case, CASE) as row:
            row.word, row.missing, row.token_sha256, row.link_expires_on = "", [], None, None
            row.pauses.update(note="")
            forget_words(actor=unit.actor, now=unit.now, subject=Subject(CASE, row.uid))
    for item in GreenItem.objects.filter(case__talent=talent).order_by("pk"):
        with _kept(unit, item, ITEM) as row:
            row.child_enc = b""
    for handed in HandOff.objects.filter(item__case__talent=talent).order_by("pk"):
        with _kept(unit, handed, HAND_OFF) as row:
            row.acceptance_number = ""


def _empty_rulings(unit: Unit, talent: Talent) -> None:
    for ruling in ClassRuling.objects.filter(talent=talent).order_by("pk"):
        with _kept(unit, ruling, RULING) as row:
            row.question = ""
