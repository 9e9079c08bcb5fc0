"""Answering what a person asked about their own data; the package of everything held."""

from __future__ import annotations

import json
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from feidi.domain.parties.access import outpost_scope, require
from feidi.domain.parties.services.changing import changed, locked, said, today_of
from feidi.domain.talent.access import UNMASK, is_self
from feidi.domain.talent.enums import RequestKind
from feidi.domain.talent.kinds import REQUEST, TALENT
from feidi.domain.talent.models import DataRequest, Talent
from feidi.domain.talent.selectors.holdings import files_of, held_of
from feidi.domain.talent.services.consents import REQUESTED
from feidi.domain.talent.services.talents import refuse_erased
from feidi.kernel.access import Actor
from feidi.kernel.audit import recorded
from feidi.kernel.files.services import path_of
from feidi.kernel.subjects import Subject
from feidi.kernel.todos.models import Todo
from feidi.kernel.todos.services import settle_todos


def export_talent(*, actor: Actor, now: datetime, talent: Talent) -> bytes:
    """Return a ZIP of everything held of a talent: ``data.json`` with sealed values opened, and the scans.

    For the person themselves, or for the outpost's people to hand over; on record either way. Refused: neither, erased.
    """
    if not is_self(actor, talent):
        require(actor, UNMASK, outpost_scope(talent.outpost_id))
    stream = BytesIO()
    with recorded(actor=actor, now=now) as unit:
        row = locked(talent)
        refuse_erased(row)
        with ZipFile(stream, "w", ZIP_DEFLATED) as package:
            package.writestr("data.json", json.dumps(held_of(row), ensure_ascii=False, indent=2))
            for file in files_of(row):
                path = path_of(file)
                if path.exists():
                    package.write(path, f"files/{file.uid}-{file.name}")
        unit.acted("exported", kind=TALENT, uid=row.uid)
        answer_requests(actor=actor, now=now, talent=row, kind=RequestKind.EXPORT, answer="已导出")
    return stream.getvalue()


def answer_requests(*, actor: Actor, now: datetime, talent: Talent, kind: RequestKind, answer: str) -> None:
    """Answer the open request of a kind, if there is one: it was done. Inside the caller's act."""
    with recorded(actor=actor, now=now) as unit:
        for request in talent.requests.filter(kind=kind, answered_on__isnull=True):
            with changed(unit, request, kind=REQUEST, action="answered") as row:
                row.answered_on, row.answer, row.answered_by = today_of(now), answer[:300], actor.label[:160]
        _settle(actor, now, talent, kind)


def decline_request(*, actor: Actor, now: datetime, request: DataRequest, reason: str) -> DataRequest:
    """Answer a request with why it is not done (a case under way, a duty to keep). Refused: no permission, no reason."""
    require(actor, UNMASK, outpost_scope(request.talent.outpost_id))
    words = said(reason, "talent.reason_needed")
    with recorded(actor=actor, now=now) as unit:
        with changed(unit, request, kind=REQUEST, action="declined") as row:
            row.answered_on, row.answer, row.answered_by = today_of(now), words[:300], actor.label[:160]
        _settle(actor, now, row.talent, RequestKind(row.kind))
    return row


def _settle(actor: Actor, now: datetime, talent: Talent, kind: RequestKind) -> None:
    subject = Subject(TALENT, talent.uid)
    asked = Todo.objects.filter(subject_kind=subject.kind, subject_uid=subject.uid)
    settle_todos(actor=actor, now=now, todos=asked.filter(what__endswith=REQUESTED[kind]))
