"""Whose question it is when an app asks how it was (``kernel.feedback``)."""

from __future__ import annotations

from feidi.domain.parties.models import Outpost
from feidi.kernel.feedback.services.asking import Whose


def whose_of(outpost: Outpost) -> Whose:
    """Return the scopes and the place of an outpost's questions (``outpost.home`` is needed)."""
    return Whose(outpost.pk, outpost.home_id, outpost.home.code)
