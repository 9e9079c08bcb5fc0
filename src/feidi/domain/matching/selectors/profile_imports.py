"""Imports of needs and offers: whoever may enter them for an outpost sees its imports."""

from __future__ import annotations

from typing import Final

from django.db.models import QuerySet

from feidi.domain.matching.access import EDIT
from feidi.domain.parties.models import Outpost
from feidi.kernel.access import Actor, ScopeKind
from feidi.kernel.imports.models import ImportBatch

KIND: Final = "matching.profiles"
OUTPOST: Final = "parties.outpost"


def imports_of(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the imports of the actor's outposts, newest first."""
    uids = Outpost.objects.filter(pk__in=actor.scopes(EDIT, ScopeKind.OUTPOST)).values("uid")
    return ImportBatch.objects.filter(kind=KIND, subject_uid__in=uids).select_related("file").order_by("-id")


def get_import(actor: Actor, uid: str) -> ImportBatch:
    """Return one import of the actor's outposts; raises ``ImportBatch.DoesNotExist`` for every other."""
    return imports_of(actor).get(uid=uid)


def outpost_of(batch: ImportBatch) -> Outpost:
    """Return the outpost that a batch's rows belong to."""
    return Outpost.objects.select_related("home").get(uid=batch.subject_uid)
