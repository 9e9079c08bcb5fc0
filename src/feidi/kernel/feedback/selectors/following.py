"""Follow-ups and complaints."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import F, QuerySet

from feidi.kernel.access import Actor
from feidi.kernel.feedback.access import complaints_visible_to, follow_ups_visible_to
from feidi.kernel.feedback.models import Complaint, FollowUp
from feidi.kernel.sealing import unseal


@dataclass(frozen=True, slots=True)
class Complainant:
    """Who complained and what they said, opened for staff."""

    name: str
    contact: str
    words: str


def list_follow_ups(*, actor: Actor, outposts: Collection[int]) -> QuerySet[FollowUp]:
    """Return the follow-ups that the actor may see: open ones first, soonest due first."""
    rows = follow_ups_visible_to(actor, FollowUp.objects.filter(scope_outpost__in=outposts))
    return rows.select_related("answer__ask", "owner").order_by(F("closed_on").desc(nulls_first=True), "due_on", "id")


def get_follow_up(*, actor: Actor, uid: str) -> FollowUp:
    """Return the follow-up that the actor may see; another is not there."""
    return follow_ups_visible_to(actor, FollowUp.objects.select_related("answer__ask", "owner")).get(uid=uid)


def list_complaints(*, actor: Actor, outposts: Collection[int]) -> QuerySet[Complaint]:
    """Return the complaints that the actor may see, newest first; those taken back stay, marked."""
    rows = complaints_visible_to(actor, Complaint.objects.filter(scope_outpost__in=outposts))
    return rows.select_related("owner").order_by("-received_on", "-id")


def get_complaint(*, actor: Actor, uid: str) -> Complaint:
    """Return the complaint that the actor may see; another is not there."""
    return complaints_visible_to(actor, Complaint.objects.select_related("owner")).get(uid=uid)


def opened(complaint: Complaint) -> Complainant:
    """Return who complained and what they said."""
    who = json.loads(_unsealed(complaint.who_enc, complaint, "who") or "{}")
    return Complainant(who.get("name", ""), who.get("contact", ""), _unsealed(complaint.words_enc, complaint, "words"))


def _unsealed(value: bytes | memoryview, complaint: Complaint, part: str) -> str:
    return unseal(value, context=f"feedback.complaint:{complaint.uid}:{part}") if value else ""
