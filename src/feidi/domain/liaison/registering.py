"""What the daily work tells the kernel at start: subject kinds, audited kinds, texts."""

from feidi.domain.liaison import access, subscribers
from feidi.domain.liaison.ceremony_texts import CEREMONY_TEXTS
from feidi.domain.liaison.daily_texts import DAILY_TEXTS
from feidi.domain.liaison.handover_texts import HANDOVER_TEXTS
from feidi.domain.liaison.plan_texts import PLAN_TEXTS
from feidi.domain.liaison.services.indexing import SOURCES
from feidi.domain.liaison.texts import TEXTS
from feidi.domain.liaison.trip_texts import TRIP_TEXTS
from feidi.domain.parties.services.rebuilding import register_derived
from feidi.kernel.audit import AuditedKind, register_audited
from feidi.kernel.messages import register_texts
from feidi.kernel.subjects import SubjectKind
from feidi.kernel.subjects import register as register_subject

#: Rows with a page of their own: kind → (model, page). A page is added when it is built.
PAGES: dict[str, tuple[str, str | None]] = {
    "liaison.instruction": ("liaison.Instruction", "console:instructions:instruction_view"),
    "liaison.coordination": ("liaison.Coordination", "console:coordinations:coordination_view"),
    "liaison.meeting": ("liaison.Meeting", "console:meetings:meeting_view"),
    "liaison.ceremony": ("liaison.Ceremony", "console:ceremonies:ceremony_view"),
    "liaison.plan": ("liaison.ActionPlan", "console:plans:plan_view"),
    "liaison.trip": ("liaison.Trip", "console:trips:trip_view"),
    "liaison.walk_in": ("liaison.WalkIn", "console:counter:visit_view"),
    "liaison.handover": ("liaison.WorkHandover", "console:handovers:handover_view"),
}
AUDITED = {
    **{kind: model for kind, (model, _page) in PAGES.items()},
    "liaison.agenda_item": "liaison.AgendaItem",
    "liaison.decision": "liaison.Decision",
    "liaison.ceremony_item": "liaison.CeremonyItem",
    "liaison.plan_task": "liaison.PlanTask",
    "liaison.plan_progress": "liaison.PlanProgress",
    "liaison.trip_stop": "liaison.TripStop",
}
#: Fields that name people outside the staff: the trail keeps a keyed digest only.
PERSONAL = {
    "liaison.meeting": frozenset({"present", "absent"}),
    "liaison.trip": frozenset({"leader"}),
    "liaison.trip_stop": frozenset({"meets"}),
    "liaison.walk_in": frozenset({"visitor", "phone_enc", "phone_hint"}),
    "liaison.coordination": frozenset({"contact"}),
}


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    subscribers.register()
    for source in SOURCES:
        register_derived(source)
    register_texts(TEXTS)
    register_texts(DAILY_TEXTS)
    for texts in (TRIP_TEXTS, CEREMONY_TEXTS, PLAN_TEXTS, HANDOVER_TEXTS):
        register_texts(texts)
    for kind, (model, page) in PAGES.items():
        register_subject(SubjectKind(kind, model, label=str, visible_to=access.visible_to, url_name=page))
    for kind, model in AUDITED.items():
        register_audited(AuditedKind(kind, model, personal=PERSONAL.get(kind, frozenset())))
