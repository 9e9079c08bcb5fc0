"""What the pipeline does when parties change."""

from __future__ import annotations

from feidi.domain.parties.events import OrganizationCorrected, OrganizationMerged
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.indexing import index_project
from feidi.kernel.events import listen


def projects_change_hands(event: OrganizationMerged) -> None:
    """Who may find a project follows its organizations; so does the code it is found by."""
    _index_projects_of(event.kept_uid, event.gone_uid)


def projects_are_found_by_the_right_number(event: OrganizationCorrected) -> None:
    """A project is found by the credit code of its sponsor."""
    _index_projects_of(event.organization_uid)


def _index_projects_of(*uids: str) -> None:
    own = Project.objects.filter(parties__organization__uid__in=uids, voided_at__isnull=True)
    for project in own.select_related("outpost__home").distinct():
        index_project(project)


def register() -> None:
    """Run once, from ``AppConfig.ready``."""
    listen(OrganizationMerged)(projects_change_hands)
    listen(OrganizationCorrected)(projects_are_found_by_the_right_number)
