"""What the ledger tells the kernel at start: its texts, and who may see its imports. Called from ``registering``."""

from __future__ import annotations

from feidi.domain.parties.models import Outpost
from feidi.domain.pipeline.ledger_texts import TEXTS
from feidi.domain.pipeline.services.ledger.batches import KIND, PERMISSION
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.imports.access import admit
from feidi.kernel.messages import register_texts


def _outposts(actor: Actor) -> frozenset[str]:
    own = Outpost.objects.filter(id__in=actor.scopes(PERMISSION, ScopeKind.OUTPOST))
    return frozenset(own.values_list("uid", flat=True))


def register() -> None:
    """Run once, from ``AppConfig.ready``; again is harmless."""
    register_texts(TEXTS)
    admit(KIND, _outposts)
