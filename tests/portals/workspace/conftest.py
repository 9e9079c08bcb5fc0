"""A tenant with a project of its own, and a client per login."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from feidi.domain.pipeline.enums import Stage, Track
from feidi.domain.pipeline.models import LandingCase, Project
from tests.support.world import PDF, World


@pytest.fixture
def at(world: World) -> Callable[[str], Client]:
    """``at("tenant")``: a client signed in as this login."""

    def sign_in(login: str) -> Client:
        client = Client()
        client.force_login(world.users[login])
        return client

    return sign_in


@pytest.fixture
def case(world: World) -> LandingCase:
    """A case of the tenant's signed project, preparing its landing, nothing handed in."""
    project = world.to_signed(world.lead())
    found = world.landing_case(project, kinds=())
    world.advance(project, Stage.PREPARING, track=Track.HOME)
    return found


@pytest.fixture
def project(case: LandingCase) -> Project:
    return Project.objects.get(pk=case.project_id)


def paper(name: str = "执照.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    """A small real PDF."""
    return SimpleUploadedFile(name, content, "application/pdf")
