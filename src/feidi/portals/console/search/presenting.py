"""Hits as the page shows them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feidi.domain.liaison.access import VIEW, VIEW_HOME
from feidi.domain.matching.access import VIEW as MATCHING
from feidi.domain.playbook.access import VIEW as PLAYBOOKS
from feidi.domain.policy.access import PEOPLE
from feidi.domain.policy.access import VIEW as POLICY_VIEW
from feidi.domain.roadshow.access import VIEW as EVENTS
from feidi.domain.roadshow.roadshow_access import VIEW as SHOWS
from feidi.kernel.access import Actor
from feidi.kernel.messages import Words
from feidi.kernel.search.entries import Hit, Results
from feidi.kernel.subjects import Subject, url_of
from feidi.portals.ui import reading
from feidi.portals.ui.pieces import Tab

#: Kinds that can be found, in the order of the page: label, icon. Persons are not indexed (decisions/0022).
KINDS: dict[str, tuple[Words, str]] = {
    "pipeline.project": (gettext_lazy("项目"), "briefcase"),
    "parties.organization": (gettext_lazy("单位"), "building"),
    "matching.profile": (gettext_lazy("需求与供给"), "arrows-exchange"),
    "liaison.instruction": (gettext_lazy("交办事项"), "bell"),
    "liaison.coordination": (gettext_lazy("协调事项"), "mail"),
    "liaison.meeting": (gettext_lazy("会议"), "calendar-event"),
    "liaison.trip": (gettext_lazy("出访与接待"), "map-pin"),
    "liaison.walk_in": (gettext_lazy("服务台登记"), "door"),
    "roadshow.activity": (gettext_lazy("活动"), "presentation"),
    "roadshow.show": (gettext_lazy("路演"), "presentation"),
    "playbook.run": (gettext_lazy("服务进度"), "list-check"),
}
_OTHER: tuple[Words, str] = (gettext_lazy("其他"), "file-text")


@dataclass(frozen=True, slots=True)
class Found:
    """One hit with where it leads (empty: its kind has no page)."""

    title: str
    subtitle: str
    url: str
    kind: Words
    icon: str


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind."""

    code: str
    label: Words
    icon: str
    found: tuple[Found, ...]


def found(hit: Hit) -> Found:
    """Return a hit as shown."""
    label, icon = KINDS.get(hit.kind, _OTHER)
    return Found(hit.title, hit.subtitle, url_of(Subject(hit.kind, hit.uid)) or "", label, icon)


def groups_of(results: Results) -> list[Group]:
    """Return the hits by kind, projects first; within a kind in the order of the index."""
    by_kind: dict[str, list[Found]] = {}
    for hit in results.rows:
        by_kind.setdefault(hit.kind, []).append(found(hit))
    order = [*KINDS, *sorted(set(by_kind) - set(KINDS))]
    return [_group(kind, by_kind[kind]) for kind in order if kind in by_kind]


def _group(kind: str, members: list[Found]) -> Group:
    label, icon = KINDS.get(kind, _OTHER)
    return Group(kind.replace(".", "-"), label, icon, tuple(members))


def total_of(results: Results) -> str:
    """Return how many there are: 1,234, or 1,000+ where counting stopped."""
    return reading.read_count(results.total, exact=not results.more)


def kinds_for(actor: Actor) -> list[str]:
    """Return the kinds that the actor may find: who has no part in the daily work, in matching or in activities, finds
    none of it.
    """
    open_to = {
        "liaison": actor.may(VIEW) or actor.may(VIEW_HOME),
        "matching": actor.may(MATCHING),
        "roadshow": actor.may(EVENTS),
        "roadshow.show": actor.may(SHOWS),
        "playbook": actor.may(PLAYBOOKS),
    }
    return [kind for kind in KINDS if open_to.get(kind, open_to.get(kind.split(".", maxsplit=1)[0], True))]


def people_url(actor: Actor, asked: str) -> str:
    """Return where persons of this name are looked up; "" for who has no list of persons."""
    here = reverse("console:policies:person_list")
    return f"{here}?{urlencode({'words': asked})}" if asked and actor.may(POLICY_VIEW) and actor.may(PEOPLE) else ""


def tabs(asked: str, kinds: Iterable[str]) -> list[Tab]:
    """Return the kinds to narrow to."""
    here = reverse("console:search:search_view")
    whole = Tab("", _("全部"), f"{here}?{urlencode({'q': asked})}")
    return [
        whole,
        *(Tab(kind, KINDS[kind][0], f"{here}?{urlencode({'q': asked, 'kind': kind})}") for kind in kinds),
    ]
