"""The engine's index over the profiles of one side of an outpost, kept in this process and brought up to date when asked.

Every question first asks the database for a stamp; only rows that are new or have another version since then are read
and put into the index, so that a changed profile is found by the next question. What is indexed is the masked text:
nothing else may reach a list.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from threading import RLock
from typing import Final

from django.db.models import Count, Max, QuerySet, Sum

from feidi.domain.matching.enums import ProfileState, Side
from feidi.domain.matching.models import Profile
from feidi.domain.matching.selectors.offer_facts import Regions, found_need, known_regions, offer_facts
from feidi.domain.parties.models import Outpost
from feidi.engines.affinity import Asking, Facts, Need, Offer, Result, WhyNot
from feidi.engines.affinity.index import Index

#: Indexes kept in one process; the one not asked for longest is let go.
KEPT: Final = 16
_CHUNK: Final = 500
_RELEARN: Final = 2
#: Count, greatest id, sum of versions, uid of the last: versions only go up, so any change gives another stamp.
Stamp = tuple[int, int, int, str]


@dataclass(slots=True)
class OffersIndex:
    """The profiles of one side of an outpost that may be found, by id.

    ``known``: row → the version last looked at; ``learnt``: how many there were when meanings were learnt.
    """

    index: Index
    stamp: Stamp = (0, 0, 0, "")
    learnt: int = 0
    known: dict[int, tuple[str, int]] = field(default_factory=dict)
    lock: RLock = field(default_factory=RLock)

    def query(self, need: Need, asking: Asking) -> Result:
        """Return what the engine answers. Refused: no words in the need."""
        with self.lock:
            return self.index.query(need, asking)

    def why_not(self, need: Need, pk: int, asking: Asking) -> WhyNot:
        """Return why a profile is not among the candidates."""
        with self.lock:
            return self.index.why_not(need, str(pk), asking)

    def __len__(self) -> int:
        return len(self.index)


_indexes: OrderedDict[tuple[int, str], OffersIndex] = OrderedDict()
_lock = RLock()


def offers_index(outpost: Outpost, side: Side) -> OffersIndex:
    """Return the index of one side's profiles as they stand now. Two queries when nothing has changed."""
    key = (outpost.pk, side.value)
    with _lock:
        kept = _indexes.get(key)
        if kept is None:
            kept = _indexes[key] = OffersIndex(Index.build(()))
        _indexes.move_to_end(key)
        while len(_indexes) > KEPT:
            _indexes.popitem(last=False)
    rows = Profile.objects.filter(outpost=outpost, side=side)
    with kept.lock:
        stamp = _stamp(rows)
        if stamp != kept.stamp:
            _refresh(kept, rows)
            kept.stamp = stamp
    return kept


def forget_indexes() -> None:
    """Let go of every index of this process; the next question builds its own anew."""
    with _lock:
        _indexes.clear()


def _stamp(rows: QuerySet[Profile]) -> Stamp:
    sums = rows.aggregate(n=Count("pk"), last=Max("pk"), versions=Sum("version"))
    last = rows.filter(pk=sums["last"]).values_list("uid", flat=True).first() if sums["n"] else ""
    return sums["n"], sums["last"] or 0, sums["versions"] or 0, last or ""


def _refresh(kept: OffersIndex, rows: QuerySet[Profile]) -> None:
    """Add what is new or changed, take out what may not be found any more."""
    now = {pk: (uid, version) for pk, uid, version in rows.values_list("pk", "uid", "version")}
    changed = [pk for pk, seen in now.items() if kept.known.get(pk) != seen]
    gone = [pk for pk in kept.known if pk not in now]
    fresh = {each.id: each for each in _offers(rows, changed)} if changed else {}
    _put(kept, fresh, [str(pk) for pk in (*changed, *gone) if str(pk) not in fresh])
    kept.known = now


def _put(kept: OffersIndex, fresh: dict[str, Offer], out: Iterable[str]) -> None:
    if len(kept.index) == 0:
        # nothing to keep: the whole is built at once, which also learns meanings from all of it
        kept.index, kept.learnt = Index.build(fresh.values()), len(fresh)
        return
    if leaving := [each for each in out if each in kept.index]:
        kept.index.remove(leaving)
    if fresh:
        kept.index.add(fresh.values())
    if len(kept.index) >= _RELEARN * kept.learnt:
        # meanings were learnt from less than half of what stands there now
        kept.index.compact()
        kept.learnt = len(kept.index)


def _offers(rows: QuerySet[Profile], pks: Collection[int]) -> Iterable[Offer]:
    """Yield the live ones of these profiles as the engine takes them."""
    live = rows.filter(state=ProfileState.OPEN, voided_at__isnull=True).select_related("place")
    wanted, regions = list(pks), known_regions()
    for start in range(0, len(wanted), _CHUNK):
        for each in live.filter(pk__in=wanted[start : start + _CHUNK]):
            yield Offer(str(each.pk), text_of(each), owner_key(each), _facts(each, regions))


def _facts(profile: Profile, regions: Regions) -> Facts:
    return offer_facts(profile, regions) if profile.side == Side.OFFER else found_need(profile, regions)


def text_of(profile: Profile) -> str:
    """Return the words by which a profile may be found: title and masked text, nothing more."""
    return f"{profile.title}。{profile.masked_text}"


def owner_key(profile: Profile) -> str:
    """Return by whom lists are diversified: the firm, else the project, else the person."""
    if profile.organization_id:
        return f"o{profile.organization_id}"
    return f"p{profile.project_id}" if profile.project_id else f"n{profile.person_id}"
