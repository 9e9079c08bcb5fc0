"""What roadshow tells the kernel at start: subject kinds, audited kinds, events, texts."""

from typing import Any

from feidi.domain.parties.services.handing import register_handler
from feidi.domain.parties.services.rebuilding import register_derived
from feidi.domain.roadshow import access, kinds, roadshow_registering, subscribers
from feidi.domain.roadshow.activity_texts import ACTIVITY_TEXTS
from feidi.domain.roadshow.events import EVENTS, UNHEARD
from feidi.domain.roadshow.services import activity_indexing, show_indexing
from feidi.domain.roadshow.services.reassigning import HANDLERS
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.events import declare
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

#: Kind → model, fields of which the trail keeps a keyed digest only.
AUDITED: dict[str, tuple[str, frozenset[str]]] = {
    kinds.ACTIVITY: ("roadshow.Activity", frozenset()),
    kinds.PROGRAMME_ITEM: ("roadshow.ProgrammeItem", frozenset()),
    kinds.REGISTRATION: (
        "roadshow.Registration",
        frozenset(
            {"name", "title", "phone_enc", "phone_hint", "mail_enc", "mail_hint", "answers", "organization_name"}
        ),
    ),
    kinds.CHECK_IN: ("roadshow.CheckIn", frozenset()),
    kinds.MEETING: ("roadshow.ActivityMeeting", frozenset({"note"})),
}
_LEFT_OUT = frozenset(
    {"last_position", "invitation", "token_enc", "token_sha256", "phone_index", "mail_index", "origin_digest"}
)


def _registration_label(row: Any) -> str:
    return f"{row.activity.number} {row.code}"


SUBJECTS = (
    SubjectKind(
        kinds.ACTIVITY,
        "roadshow.Activity",
        label=str,
        visible_to=access.activities_visible_to,
        url_name="console:events:activity_view",
    ),
    SubjectKind(
        kinds.REGISTRATION,
        "roadshow.Registration",
        label=_registration_label,
        visible_to=access.registrations_visible_to,
        url_name="console:events:registration_view",
        personal=True,
    ),
)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    subscribers.register()
    roadshow_registering.register()
    register_texts(ACTIVITY_TEXTS)
    for source in (activity_indexing.SOURCE, show_indexing.SOURCE):
        register_derived(source)
    for handler in HANDLERS:
        register_handler(handler)
    declare(*(each for each in EVENTS if each not in UNHEARD))
    for event, why in UNHEARD.items():
        declare(event, nobody_listens=why)
    for subject in SUBJECTS:
        register_subject(subject)
    for kind, (model, personal) in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=personal, left_out=_LEFT_OUT))
