"""The tables of the daily work."""

from feidi.domain.liaison.models.ceremony import Ceremony, CeremonyItem
from feidi.domain.liaison.models.handover import WorkHandover, WorkHandoverItem
from feidi.domain.liaison.models.instruction import Coordination, Instruction, InstructionUrge
from feidi.domain.liaison.models.meeting import AgendaItem, Decision, Meeting
from feidi.domain.liaison.models.plan import ActionPlan, PlanLink, PlanProgress, PlanTask
from feidi.domain.liaison.models.trip import Trip, TripMember, TripStop
from feidi.domain.liaison.models.walk_in import WalkIn

__all__ = [
    "ActionPlan",
    "AgendaItem",
    "Ceremony",
    "CeremonyItem",
    "Coordination",
    "Decision",
    "Instruction",
    "InstructionUrge",
    "Meeting",
    "PlanLink",
    "PlanProgress",
    "PlanTask",
    "Trip",
    "TripMember",
    "TripStop",
    "WalkIn",
    "WorkHandover",
    "WorkHandoverItem",
]
