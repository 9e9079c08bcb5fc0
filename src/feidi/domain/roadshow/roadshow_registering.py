"""What roadshows tell the kernel at start: subject kinds, audited kinds, events, texts."""

from typing import Any

from feidi.domain.roadshow import roadshow_access as access
from feidi.domain.roadshow import roadshow_kinds as kinds
from feidi.domain.roadshow.roadshow_events import EVENTS, UNHEARD
from feidi.domain.roadshow.roadshow_texts import ROADSHOW_TEXTS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

#: Kind → model, fields of which the trail keeps a keyed digest only.
AUDITED: dict[str, tuple[str, frozenset[str]]] = {
    kinds.SHOW: ("roadshow.Roadshow", frozenset()),
    kinds.ROUND: ("roadshow.Round", frozenset()),
    kinds.ENTRY: ("roadshow.Entry", frozenset({"letter_words"})),
    kinds.JUDGE: ("roadshow.Judge", frozenset({"name", "works_as"})),
    kinds.RECUSAL: ("roadshow.Recusal", frozenset({"reason"})),
    kinds.ASSIGNMENT: ("roadshow.Assignment", frozenset()),
    kinds.SHEET: ("roadshow.Sheet", frozenset({"remark"})),
    kinds.SEAL: ("roadshow.Seal", frozenset({"document"})),
    kinds.INTEREST: ("roadshow.Interest", frozenset({"name", "note"})),
}
#: What opens something is not repeated in the trail.
_LEFT_OUT = frozenset({"token_sha256", "interest_code"})


def _entry_label(row: Any) -> str:
    return f"{row.round.roadshow.number} {row.project.name}"


def _seal_label(row: Any) -> str:
    return f"{row.round.roadshow.number} {row.round.name}"


SUBJECTS = (
    SubjectKind(
        kinds.SHOW,
        "roadshow.Roadshow",
        label=str,
        visible_to=access.shows_visible_to,
        url_name="console:roadshows:show_view",
    ),
    SubjectKind(
        kinds.ENTRY,
        "roadshow.Entry",
        label=_entry_label,
        visible_to=access.entries_visible_to,
        url_name="console:roadshows:letter_view",
    ),
    SubjectKind(
        kinds.SEAL,
        "roadshow.Seal",
        label=_seal_label,
        visible_to=access.seals_visible_to,
        url_name="console:roadshows:seal_view",
    ),
)


def register() -> None:
    """Run once, from the app's registering."""
    register_texts(ROADSHOW_TEXTS)
    declare(*EVENTS)
    for event, why in UNHEARD.items():
        declare(event, nobody_listens=why)
    for subject in SUBJECTS:
        register_subject(subject)
    for kind, (model, personal) in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=personal, left_out=_LEFT_OUT))
