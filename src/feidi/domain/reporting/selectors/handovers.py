"""Packages of data that were handed over, for those on both sides of it."""

from __future__ import annotations

from django.db.models import QuerySet

from feidi.domain.reporting.access import handovers_visible_to
from feidi.domain.reporting.models import DataHandover
from feidi.kernel.access import Actor


def list_packages(actor: Actor) -> QuerySet[DataHandover]:
    """Return the packages that the actor may see, newest first."""
    return handovers_visible_to(actor, DataHandover.objects.select_related("home")).order_by("-created_at", "-id")


def get_package(actor: Actor, uid: str) -> DataHandover:
    """Return one package that the actor may see; raises ``DataHandover.DoesNotExist`` for every other."""
    return list_packages(actor).get(uid=uid)
