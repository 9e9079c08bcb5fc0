"""Making imported projects findable, after the commit: in chunks, and again without harm.

Turning 100,000 titles into tokens takes half a minute; under the commit's lock everybody would wait for it. Hits
appear within moments of the commit; a search entry is derived and can always be made again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from feidi.domain.parties.enums import IdentifierScheme
from feidi.domain.parties.models import OrganizationIdentifier
from feidi.domain.pipeline.models import Project, ProjectParty
from feidi.domain.pipeline.services.indexing import PROJECT, entry_of
from feidi.domain.pipeline.services.ledger.staging import CHUNK, Progress
from feidi.kernel.imports.bulk import within
from feidi.kernel.imports.enums import Decision, RowState
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.services import index_many

_NEEDED = (
    "uid", "outpost", "name", "code", "sponsor_name", "industry", "one_line", "reported_at", "voided_at",
    "outpost__home",
)  # fmt: skip


def index_batch(batch: ImportBatch, progress: Progress | None = None) -> int:
    """Index the projects that a batch made or changed; voided ones are taken out. Returns how many. Idempotent."""
    done = 0
    for projects in _chunks(batch):
        live = [each for each in projects if each.voided_at is None]
        gone = [each.uid for each in projects if each.voided_at is not None]
        with transaction.atomic():
            done += _index(live)
            SearchEntry.objects.filter(subject_kind=PROJECT, subject_uid__in=gone).delete()
        if progress:
            progress(done, None, batch.file.name)
    return done


def _chunks(batch: ImportBatch) -> Iterator[list[Project]]:
    projects = Project.objects.select_related("outpost").only(*_NEEDED)
    made = projects.filter(within(batch.made.get("pipeline.Project", ())))
    yield from _paged(made)
    changed = batch.rows.filter(state__in=[RowState.UPDATED, RowState.SUSPECTED]).exclude(decision=Decision.SKIP)
    uids = list(changed.exclude(match_uid="").values_list("match_uid", flat=True))
    for at in range(0, len(uids), CHUNK):
        yield list(projects.filter(uid__in=uids[at : at + CHUNK]))


def _paged(projects: QuerySet[Project]) -> Iterator[list[Project]]:
    last = 0
    while page := list(projects.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = page[-1].pk
        yield page


def _index(projects: list[Project]) -> int:
    organizations: dict[int, set[int]] = defaultdict(set)
    sponsors: dict[int, int] = {}
    parties = ProjectParty.objects.filter(project__in=projects, until__isnull=True, organization__isnull=False)
    for project, organization, role in parties.values_list("project_id", "organization_id", "role"):
        organizations[project].add(organization)
        if role == "sponsor":
            sponsors[project] = organization
    codes = dict(
        OrganizationIdentifier.objects.filter(
            organization_id__in=set(sponsors.values()), scheme=IdentifierScheme.USCC
        ).values_list("organization_id", "value")
    )
    return index_many(
        entry_of(
            each,
            uscc=codes.get(sponsors.get(each.pk, 0), ""),
            organizations=frozenset(organizations.get(each.pk, ())),
        )
        for each in projects
    )
