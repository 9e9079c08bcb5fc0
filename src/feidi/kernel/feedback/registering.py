"""What feedback tells the kernel at start: subject kinds, audited kinds, events, texts."""

from typing import Any

from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.feedback import access, kinds
from feidi.kernel.feedback.events import EVENTS
from feidi.kernel.feedback.texts import TEXTS
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

#: Kind → model, fields of which the trail keeps a keyed digest only.
AUDITED: dict[str, tuple[str, frozenset[str]]] = {
    kinds.ASK: ("feedback.Ask", frozenset({"to_enc", "to_hint"})),
    kinds.ANSWER: ("feedback.Answer", frozenset({"words_enc", "satisfaction", "recommend", "reason"})),
    kinds.FOLLOW_UP: ("feedback.FollowUp", frozenset({"done"})),
    kinds.COMPLAINT: ("feedback.Complaint", frozenset({"words_enc", "who_enc", "who_hint", "reply"})),
}
_LEFT_OUT = frozenset({"token_sha256", "person_index"})


def _complaint_label(complaint: Any) -> str:
    return f"{complaint.number} {complaint.title}"


SUBJECTS = (
    SubjectKind(
        kinds.ASK, "feedback.Ask", label=str, visible_to=access.asks_visible_to, url_name="console:feedback:ask_view"
    ),
    SubjectKind(
        kinds.ANSWER,
        "feedback.Answer",
        label=str,
        visible_to=access.answers_visible_to,
        url_name="console:feedback:answer_view",
    ),
    SubjectKind(
        kinds.FOLLOW_UP,
        "feedback.FollowUp",
        label=str,
        visible_to=access.follow_ups_visible_to,
        url_name="console:feedback:follow_up_view",
    ),
    SubjectKind(
        kinds.COMPLAINT,
        "feedback.Complaint",
        label=_complaint_label,
        visible_to=access.complaints_visible_to,
        url_name="console:feedback:complaint_view",
    ),
)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    register_texts(TEXTS)
    declare(*EVENTS)
    for subject in SUBJECTS:
        register_subject(subject)
    for kind, (model, personal) in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=personal, left_out=_LEFT_OUT))
