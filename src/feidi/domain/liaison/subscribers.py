"""What the daily work does when a project changes."""

from __future__ import annotations

from feidi.domain.liaison.services.indexing import index_about
from feidi.domain.pipeline.events import ProjectReported
from feidi.domain.pipeline.models import Project
from feidi.kernel.events import listen


def what_is_said_of_it_may_be_found(event: ProjectReported) -> None:
    """A project that its home has been told of hides nothing any more."""
    index_about(Project.objects.get(uid=event.project_uid))


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(ProjectReported)(what_is_said_of_it_may_be_found)
