"""Making imported projects findable, after the commit: in chunks, and again without harm.

Turning 100,000 titles into tokens takes half a minute; under the commit's lock everybody would wait for it. Hits
appear within moments of the commit; a search entry is derived and can always be made again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, QuerySet

from feidi.domain.parties.models import (
    Organization,
    OrganizationAlias,
    OrganizationIdentifier,
    OrganizationLink,
    Outpost,
)
from feidi.domain.parties.services.duplicates import propose_many
from feidi.domain.parties.services.indexing import ORGANIZATION
from feidi.domain.parties.services.name_keys import forget_keys, write_many
from feidi.domain.pipeline.models import Project
from feidi.domain.pipeline.services.indexing import PROJECT, entries_of_projects, names_of
from feidi.domain.pipeline.services.ledger.staging import CHUNK, Progress
from feidi.kernel.access import Actor, ActorKind
from feidi.kernel.imports.bulk import within
from feidi.kernel.imports.enums import Decision, RowState
from feidi.kernel.imports.models import ImportBatch
from feidi.kernel.search.entries import Entry, Scopes
from feidi.kernel.search.models import SearchEntry
from feidi.kernel.search.services import index_many

Row = TypeVar("Row", bound=Model)
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
            done += index_many(entries_of_projects(live))
            write_many(PROJECT, {each.uid: names_of(each) for each in live})
            SearchEntry.objects.filter(subject_kind=PROJECT, subject_uid__in=gone).delete()
            forget_keys(PROJECT, gone)
        if progress:
            progress(done, None, batch.file.name)
    return done + _index_organizations(batch)


def _index_organizations(batch: ImportBatch) -> int:
    """Index the organizations that the batch made, linked or numbered; those voided since are taken out."""
    done = 0
    touched: set[int] = set()
    for model in (OrganizationLink, OrganizationIdentifier):
        rows = model._default_manager.filter(within(batch.made.get(model._meta.label, ())))
        touched.update(rows.values_list("organization_id", flat=True))
    ids = sorted(touched)
    for at in range(0, len(ids), CHUNK):
        done += _index_firms(set(ids[at : at + CHUNK]))
    if batch.undone_at is None:
        _propose(batch)
    gone = Organization.objects.filter(within(batch.made.get("parties.Organization", ())), voided_at__isnull=False)
    for firms in paged(gone.only("uid")):
        uids = [each.uid for each in firms]
        with transaction.atomic():
            SearchEntry.objects.filter(subject_kind=ORGANIZATION, subject_uid__in=uids).delete()
            forget_keys(ORGANIZATION, uids)
    return done


def _propose(batch: ImportBatch) -> None:
    """Put the batch's new organizations, and those it gave a number, into the review queue with what looks like them.

    After all keys are written, so that two of one batch meet.
    """
    made = Organization.objects.filter(within(batch.made.get("parties.Organization", ())))
    numbers = OrganizationIdentifier.objects.filter(within(batch.made.get("parties.OrganizationIdentifier", ())))
    numbered = Organization.objects.filter(pk__in=numbers.values("organization_id"))
    outpost = Outpost.objects.filter(uid=batch.subject_uid).first()
    actor = Actor(kind=ActorKind.SCHEDULE, label=batch.committed_by or batch.started_by)
    for rows in (made, numbered):
        for firms in paged(rows.filter(voided_at__isnull=True).only("name")):
            names = {each.pk: [each.name] for each in firms}
            propose_many(names, actor=actor, now=batch.committed_at or batch.created_at, outpost=outpost)


def _index_firms(ids: set[int]) -> int:
    """Index organizations by id as ``parties.services.indexing`` does one by one (four queries)."""
    names: dict[int, list[str]] = defaultdict(list)
    codes: dict[int, list[str]] = defaultdict(list)
    outposts: dict[int, set[int]] = defaultdict(set)
    for pk, name in OrganizationAlias.objects.filter(organization_id__in=ids).values_list("organization_id", "name"):
        names[pk].append(name)
    for pk, code in OrganizationIdentifier.objects.filter(organization_id__in=ids).values_list(
        "organization_id", "value"
    ):
        codes[pk].append(code)
    for pk, outpost in OrganizationLink.objects.filter(organization_id__in=ids).values_list(
        "organization_id", "outpost_id"
    ):
        outposts[pk].add(outpost)
    firms = Organization.objects.filter(pk__in=ids, voided_at__isnull=True).only("uid", "name", "place_text")
    with transaction.atomic():
        write_many(ORGANIZATION, {firm.uid: [firm.name, *names[firm.pk]] for firm in firms})
        return index_many(
            Entry(
                kind=ORGANIZATION,
                uid=firm.uid,
                title=firm.name,
                subtitle=firm.place_text,
                texts=names[firm.pk],
                codes=codes[firm.pk],
                scopes=Scopes(outposts=frozenset(outposts[firm.pk]), organizations=frozenset({firm.pk})),
            )
            for firm in firms
        )


def _chunks(batch: ImportBatch) -> Iterator[list[Project]]:
    projects = Project.objects.select_related("outpost").only(*_NEEDED)
    made = projects.filter(within(batch.made.get("pipeline.Project", ())))
    yield from paged(made)
    changed = batch.rows.filter(state__in=[RowState.UPDATED, RowState.SUSPECTED]).exclude(decision=Decision.SKIP)
    uids = list(changed.exclude(match_uid="").values_list("match_uid", flat=True))
    for at in range(0, len(uids), CHUNK):
        yield list(projects.filter(uid__in=uids[at : at + CHUNK]))


def paged(rows: QuerySet[Row]) -> Iterator[list[Row]]:
    """Yield a queryset in pages by key."""
    last = 0
    while page := list(rows.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        last = page[-1].pk
        yield page
