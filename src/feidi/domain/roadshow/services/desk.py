"""What a judge's page sends: a declaration, a sheet. The same for an account and for a link; both portals ask here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from feidi.domain.roadshow.models import Entry, Judge, Sheet
from feidi.domain.roadshow.roadshow_enums import SheetState
from feidi.domain.roadshow.selectors.roadshow_judges import ties_to_declare
from feidi.domain.roadshow.services.recusing import declare_interests
from feidi.domain.roadshow.services.scoring import Saving, save_sheet, shown
from feidi.engines.findings import Refusal, RefusedError
from feidi.kernel.access import Actor
from feidi.kernel.messages import sentence_of, text_of
from feidi.kernel.subjects import new_uid

#: Refused for good: what the tablet still holds is of no use any more.
_CLOSED: Final = frozenset(
    {
        "roadshow.sheet_locked",
        "roadshow.not_scoring",
        "roadshow.judge_recused",
        "roadshow.not_assigned",
        "roadshow.score_by_judge",
    }
)
_CONFLICT: Final = "roadshow.sheet_conflict"
SAVED, LOCKED, CONFLICT, CLOSED, REFUSED = "saved", "locked", "conflict", "closed", "refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a sheet: ``values`` are those that stand here, by field of the page."""

    state: str
    revision: int
    words: str = ""
    standing: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return it for the tablet."""
        words = " ".join([self.words, *self.standing])
        return {"state": self.state, "revision": self.revision, "words": words, "values": dict(self.values)}

    @property
    def done(self) -> bool:
        """Whether it was kept."""
        return self.state in {SAVED, LOCKED}


def answer_sheet(*, actor: Actor, now: datetime, judge: Judge, entry: Entry, given: Mapping[str, str]) -> Answer:
    """Keep what a page sent (``p-<criterion>``, ``remark``, ``nonce``, ``base``, ``act``), and say what became of it."""
    base = given.get("base", "")
    saving = Saving(
        points={name.removeprefix("p-"): value for name, value in given.items() if name.startswith("p-")},
        nonce=given.get("nonce", "") or new_uid(),
        base=int(base) if base.isdecimal() and len(base) < 7 else 0,  # noqa: PLR2004 - a sheet is saved less often
        remark=given.get("remark", ""),
        lock=given.get("act") == "lock",
    )
    try:
        sheet = save_sheet(actor=actor, now=now, judge=judge, entry=entry, saving=saving)
    except RefusedError as error:
        return _refused(error.refusal, judge, entry)
    return Answer(LOCKED if sheet.state == SheetState.LOCKED else SAVED, sheet.revision, values=_values(sheet))


def done_words(answer: Answer) -> str:
    """Return what a page without a script says of a sheet that was kept."""
    return _("已锁定，不能再改。") if answer.state == LOCKED else _("已保存草稿，还没有锁定。")


def answer_declaration(*, actor: Actor, now: datetime, judge: Judge, given: Mapping[str, str]) -> int:
    """Take down a declaration (``tie-<entry>``: what the tie is); returns with how many entries there is one."""
    asked = [tie.entry for tie in ties_to_declare(judge) if not tie.recused]
    said = {each: given.get(f"tie-{each.uid}", "").strip() for each in asked}
    interests = {each: words for each, words in said.items() if words}
    declare_interests(actor=actor, now=now, judge=judge, interests=interests)
    return len(interests)


def _refused(refusal: Refusal, judge: Judge, entry: Entry) -> Answer:
    sheet = Sheet.objects.filter(judge=judge, entry=entry).first()
    state = CONFLICT if refusal.code == _CONFLICT else CLOSED if refusal.code in _CLOSED else REFUSED
    return Answer(
        state,
        sheet.revision if sheet else 0,
        sentence_of(refusal),
        tuple(str(text_of(each)) for each in refusal.reasons),
        _values(sheet) if sheet else {},
    )


def _values(sheet: Sheet) -> dict[str, str]:
    """Return what stands, by field of the page; a criterion not scored is empty."""
    codes = [each["code"] for each in sheet.entry.round.criteria]
    points = {f"p-{code}": shown(sheet.points[code]) if code in sheet.points else "" for code in codes}
    return {**points, "remark": sheet.remark}
